using System.Text;
using System.Text.Json;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Reads a join's <c>since</c>.</summary>
internal static class ResumePointReader
{
    /// <returns>False when it is there but no position: neither <c>null</c> nor an object with <c>epoch</c> and <c>offset</c>.</returns>
    public static bool TryRead(scoped ref Utf8JsonReader reader, Span<byte> json, out ResumePoint? since)
    {
        since = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var absent = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return absent;
        }

        StringMember epoch = default, id = default, name = default;
        long offset = -1;
        var valid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("epoch"u8))
            {
                reader.Read();
                valid &= !epoch.Given;
                epoch = StringMember.Read(ref reader, json);
            }
            else if (reader.ValueTextEquals("offset"u8))
            {
                reader.Read();
                valid &= offset < 0 && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out offset);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                valid &= !id.Given;
                id = StringMember.Read(ref reader, json);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                valid &= !name.Given;
                name = StringMember.Read(ref reader, json);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (!valid || !IsEpoch(epoch) || offset is < 0 or > WireProtocol.MaxOffset || id.Broken || name.Broken)
        {
            return false;
        }

        since = new ResumePoint(new StreamPosition(Encoding.UTF8.GetString(epoch.Value), offset), Text(id, name), Text(name, id));
        return true;
    }

    private static bool IsEpoch(StringMember epoch) =>
        epoch.Given && !epoch.Broken && Encoding.UTF8.GetCharCount(epoch.Value) is >= 1 and <= WireProtocol.MaxEpochLength;

    /// <summary>Either proves nothing without the other.</summary>
    private static string? Text(StringMember member, StringMember other) =>
        member.Given && other.Given ? Encoding.UTF8.GetString(member.Value) : null;
}
