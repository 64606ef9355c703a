using System.Buffers.Text;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Encodes the <c>message</c> frames of one room: each once, in one allocation, for all its receivers.</summary>
internal sealed class MessageEncoder(string room)
{
    private const int MaxOffsetDigits = 16;

    private readonly byte[] _start = Encoding.UTF8.GetBytes($$"""{"type":"message","room":"{{room}}",""");

    public ServerFrame Encode(RoomMessage message)
    {
        Span<byte> offset = stackalloc byte[MaxOffsetDigits];
        offset = message.Offset > 0 && Utf8Formatter.TryFormat(message.Offset, offset, out var digits) ? offset[..digits] : [];
        var offsetMember = offset.IsEmpty ? 0 : "\"offset\":"u8.Length + offset.Length + ",".Length;

        var frame = ServerFrame.Allocate(WebSocketOpcode.Text, _start.Length + offsetMember + message.Body.Length, out var payload);
        _start.CopyTo(payload);
        payload = payload[_start.Length..];
        if (!offset.IsEmpty)
        {
            "\"offset\":"u8.CopyTo(payload);
            offset.CopyTo(payload["\"offset\":"u8.Length..]);
            payload[offsetMember - 1] = (byte)',';
            payload = payload[offsetMember..];
        }

        message.Body.Span.CopyTo(payload);
        return frame;
    }

    /// <summary>The <see cref="RoomMessage.Body"/> within a frame that this encoder made of a message with an offset.</summary>
    public ReadOnlySpan<byte> BodyOf(ServerFrame frame)
    {
        var rest = frame.Payload.Span[_start.Length..];
        return rest[(rest.IndexOf((byte)',') + 1)..];
    }

    public ServerFrame[] Encode(IReadOnlyList<RoomMessage> messages)
    {
        var frames = new ServerFrame[messages.Count];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = Encode(messages[i]);
        }

        return frames;
    }
}
