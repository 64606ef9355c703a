using System.Buffers.Binary;
using System.Text;

namespace AspireChat.ChatServer.WebSockets;

/// <summary>One finished WebSocket frame, header and payload, ready to be written to any number of sockets. Never changed once it is made.</summary>
internal readonly struct ServerFrame
{
    private const int MaxControlPayload = 125;

    private ServerFrame(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public int Length => Bytes.Length;

    public ReadOnlyMemory<byte> Payload => Bytes.AsMemory(PayloadStart);

    /// <summary>The length byte of an unmasked frame tells how long its header is.</summary>
    private int PayloadStart => Bytes[1] switch { 126 => 4, 127 => 10, _ => 2 };

    /// <summary>Makes a frame with room for the payload, which the caller fills in before anybody else sees it.</summary>
    public static ServerFrame Allocate(WebSocketOpcode opcode, int payloadLength, out Span<byte> payload)
    {
        var header = ServerHeader.Size(payloadLength);
        var bytes = GC.AllocateUninitializedArray<byte>(header + payloadLength);
        ServerHeader.Write(bytes, opcode, payloadLength);
        payload = bytes.AsSpan(header);
        return new ServerFrame(bytes);
    }

    public static ServerFrame Text(ReadOnlySpan<byte> payload) => Create(WebSocketOpcode.Text, payload);

    public static ServerFrame Ping { get; } = Create(WebSocketOpcode.Ping, []);

    public static ServerFrame Pong(ReadOnlySpan<byte> payload) => Create(WebSocketOpcode.Pong, payload);

    public static ServerFrame Close(ushort code, string reason)
    {
        Span<byte> payload = stackalloc byte[MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        var length = 2 + Encoding.UTF8.GetBytes(reason, payload[2..]);
        return Create(WebSocketOpcode.Close, payload[..length]);
    }

    /// <summary>Some frames, one behind the other.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="length">The sum of their lengths.</param>
    public static byte[] Join(ReadOnlySpan<ServerFrame> frames, int length)
    {
        var joined = GC.AllocateUninitializedArray<byte>(length);
        var rest = joined.AsSpan();
        foreach (var frame in frames)
        {
            frame.Bytes.CopyTo(rest);
            rest = rest[frame.Length..];
        }

        return joined;
    }

    private static ServerFrame Create(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = Allocate(opcode, payload.Length, out var inside);
        payload.CopyTo(inside);
        return frame;
    }
}
