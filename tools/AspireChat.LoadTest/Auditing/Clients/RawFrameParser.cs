using System.Text.Json;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>
/// Reads frames off the wire for the auditor, by the text of the protocol alone: it shares no code with servers or client library, so that no mistake
/// of theirs is a mistake of the check.
/// </summary>
internal sealed class RawFrameParser(SendIds ids)
{
    private const long HighestOffset = (1L << 53) - 1;

    /// <exception cref="BrokenFrameException">It is not as the protocol says.</exception>
    public RawFrame Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new BrokenFrameException($"a frame that is no JSON of the protocol: {e.Message}", e);
        }
    }

    private RawFrame Parse(JsonElement frame)
    {
        var type = Text(frame, "type");
        return type switch
        {
            "welcome" => Welcome(frame),
            "joined" => new RawJoined(Text(frame, "room"), Member(frame, "recovered").GetBoolean(), Position(frame), Messages(frame)),
            "message" => Message(frame),
            "ack" => new RawAck(Text(frame, "room"), Text(frame, "id"), AckPosition(frame)),
            "resync" => new RawResync(Text(frame, "room"), Position(frame), Messages(frame)),
            "backplane" => new RawBackplane(Mode(frame, "mode")),
            "reconnect" => new RawReconnect(Member(frame, "afterMs").GetInt64()),
            "error" => new RawError(Text(frame, "code"), OptionalText(frame, "room"), OptionalText(frame, "id")),
            "presence" or "typing" or "left" or "pong" => new RawOther(type),
            _ => throw new BrokenFrameException($"a frame of the unknown type '{type}'"),
        };
    }

    private static RawWelcome Welcome(JsonElement frame) =>
        Member(frame, "protocol").GetInt32() == 1
            ? new RawWelcome(Text(frame, "instance"), Mode(frame, "backplane"))
            : throw new BrokenFrameException("a welcome to another version of the protocol");

    private RawMessage Message(JsonElement frame)
    {
        string id = Text(frame, "id"), name = Text(frame, "name"), text = Text(frame, "text");
        if (Member(frame, "at").GetDateTimeOffset().Offset != TimeSpan.Zero)
            throw new BrokenFrameException("a message whose 'at' is not in UTC");

        _ = Text(frame, "instance");
        long? offset = frame.TryGetProperty("offset", out var value) ? Offset(value, lowest: 1) : null;
        var send = ids.NumberOf(id);
        return new RawMessage(Text(frame, "room"), id, name, new SeenMessage(send, Digest.Of(name, text), offset, send is null ? $"{name}/{id}" : null));
    }

    private List<RawMessage> Messages(JsonElement frame)
    {
        var messages = new List<RawMessage>();
        foreach (var message in Member(frame, "messages").EnumerateArray())
            messages.Add(Message(message));

        return messages;
    }

    private static StreamPosition? Position(JsonElement frame) => Member(frame, "position") is { ValueKind: JsonValueKind.Object } position
        ? new StreamPosition(Epoch(position), Offset(Member(position, "offset"), lowest: 0))
        : null;

    private static StreamPosition? AckPosition(JsonElement frame)
    {
        if (frame.TryGetProperty("offset", out var offset) != frame.TryGetProperty("epoch", out _))
            throw new BrokenFrameException("an ack that has one of 'offset' and 'epoch'");

        return offset.ValueKind == JsonValueKind.Undefined ? null : new StreamPosition(Epoch(frame), Offset(offset, lowest: 1));
    }

    private static string Epoch(JsonElement holder) => Text(holder, "epoch") is { Length: > 0 and <= 64 } epoch
        ? epoch
        : throw new BrokenFrameException("an epoch that is not 1 to 64 characters long");

    private static long Offset(JsonElement value, long lowest) => value.GetInt64() is var offset && offset >= lowest && offset <= HighestOffset
        ? offset
        : throw new BrokenFrameException($"an offset outside {lowest}…2⁵³−1");

    private static string Mode(JsonElement frame, string name) => Text(frame, name) is ("local" or "pubsub" or "stream") and var mode
        ? mode
        : throw new BrokenFrameException("a mode that there is not");

    private static string? OptionalText(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Text(JsonElement frame, string name) => Member(frame, name).GetString()
        ?? throw new BrokenFrameException($"a frame whose '{name}' is null");

    private static JsonElement Member(JsonElement frame, string name) => frame.TryGetProperty(name, out var value)
        ? value
        : throw new BrokenFrameException($"a frame without '{name}': {Shorten(frame.GetRawText())}");

    private static string Shorten(string json) => json.Length <= 200 ? json : $"{json[..200]}…";
}
