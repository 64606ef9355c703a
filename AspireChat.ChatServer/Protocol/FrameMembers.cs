using System.Text.Json;
using System.Text.Unicode;

namespace AspireChat.ChatServer.Protocol;

/// <summary>The members of one JSON object from a client, sound as JSON, and not yet judged: which of them matter depends on <c>type</c>.</summary>
internal ref struct FrameMembers
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public StringMember Type;
    public StringMember Room;
    public StringMember Name;
    public StringMember Id;
    public StringMember Text;
    public ReadOnlySpan<byte> Echo;
    public ResumePoint? Since;
    public int History;
    public bool Presence;

    /// <summary>Whether <c>since</c>, <c>history</c> or <c>presence</c> is not what it has to be.</summary>
    public bool JoinBroken;

    private Known _seen;

    [Flags]
    private enum Known
    {
        None = 0,
        Type = 1,
        Room = 2,
        Name = 4,
        Id = 8,
        Text = 16,
        Echo = 32,
        Since = 64,
        History = 128,
        Presence = 256,
    }

    /// <returns>False for anything but one JSON object in UTF-8 without a known member twice.</returns>
    public static bool TryRead(Span<byte> json, out FrameMembers members)
    {
        members = new FrameMembers { History = WireProtocol.DefaultHistory, Presence = true };
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            return members.TryReadObject(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader has no way to say so but this; the other one is of a member whose name has half a surrogate pair. Ten of them end the
            // connection, so the cost is bounded.
            return false;
        }
    }

    private bool TryReadObject(Span<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Recognise(ref reader);
            if ((_seen & member) != 0)
            {
                return false;
            }

            _seen |= member;
            reader.Read();
            ReadValue(member, ref reader, json);
        }

        // Throws when anything follows the object.
        return !reader.Read();
    }

    private void ReadValue(Known member, scoped ref Utf8JsonReader reader, Span<byte> json)
    {
        switch (member)
        {
            case Known.Type:
                Type = StringMember.Read(ref reader, json);
                break;
            case Known.Room:
                Room = StringMember.Read(ref reader, json);
                break;
            case Known.Name:
                Name = StringMember.Read(ref reader, json);
                break;
            case Known.Id:
                Id = StringMember.Read(ref reader, json);
                break;
            case Known.Text:
                Text = StringMember.Read(ref reader, json);
                break;
            case Known.Echo:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Echo = json[start..(int)reader.BytesConsumed];
                break;
            case Known.Since:
                JoinBroken |= !ResumePointReader.TryRead(ref reader, json, out Since);
                break;
            case Known.History:
                ReadHistory(ref reader);
                break;
            case Known.Presence:
                ReadPresence(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadHistory(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        JoinBroken |= reader.TokenType != JsonTokenType.Number
            || !reader.TryGetInt32(out History)
            || History is < 0 or > WireProtocol.MaxHistory;
        reader.Skip();
    }

    private void ReadPresence(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            JoinBroken |= reader.TokenType is not (JsonTokenType.True or JsonTokenType.False);
            Presence = reader.TokenType == JsonTokenType.True;
            reader.Skip();
        }
    }

    private static Known Recognise(scoped ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("type"u8) ? Known.Type
        : reader.ValueTextEquals("room"u8) ? Known.Room
        : reader.ValueTextEquals("id"u8) ? Known.Id
        : reader.ValueTextEquals("text"u8) ? Known.Text
        : reader.ValueTextEquals("name"u8) ? Known.Name
        : reader.ValueTextEquals("since"u8) ? Known.Since
        : reader.ValueTextEquals("history"u8) ? Known.History
        : reader.ValueTextEquals("presence"u8) ? Known.Presence
        : reader.ValueTextEquals("t"u8) ? Known.Echo
        : Known.None;
}
