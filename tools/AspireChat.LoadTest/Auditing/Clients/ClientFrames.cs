using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>The frames that the auditor sends.</summary>
internal static class ClientFrames
{
    private const int History = 20;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="room">The room.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="since">Where to resume; null for the recent history.</param>
    /// <param name="last">The message there, for the server to make sure of it; null to leave that out.</param>
    /// <param name="presence">Whether to be told who comes and goes.</param>
    public static byte[] Join(string room, string name, StreamPosition? since, (string Id, string Name)? last, bool presence = false) => Write("join", room, json =>
    {
        json.WriteString("name", name);
        json.WriteNumber("history", History);
        json.WriteBoolean("presence", presence);
        if (since is not { } position)
            return;

        json.WriteStartObject("since");
        json.WriteString("epoch", position.Epoch);
        json.WriteNumber("offset", position.Offset);
        if (last is { } message)
        {
            json.WriteString("id", message.Id);
            json.WriteString("name", message.Name);
        }

        json.WriteEndObject();
    });

    /// <param name="room">The room.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="text">Its text.</param>
    /// <param name="name">The sender's name; null where the connection has joined the room.</param>
    public static byte[] Send(string room, string id, string text, string? name) => Write("send", room, json =>
    {
        json.WriteString("id", id);
        json.WriteString("text", text);
        if (name is not null)
            json.WriteString("name", name);
    });

    private static byte[] Write(string type, string room, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("room", room);
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
