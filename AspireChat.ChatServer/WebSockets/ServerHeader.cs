using System.Buffers.Binary;

namespace AspireChat.ChatServer.WebSockets;

/// <summary>The header of a frame from a server: final, unmasked, so that the same bytes serve every receiver.</summary>
internal static class ServerHeader
{
    private const byte Final = 0x80;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    public static int Size(int payloadLength) => payloadLength switch
    {
        < Length16 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    /// <summary>Writes the header to the beginning of <paramref name="frame"/>, which must have room for <see cref="Size"/> bytes.</summary>
    public static void Write(Span<byte> frame, WebSocketOpcode opcode, int payloadLength)
    {
        frame[0] = (byte)(Final | (byte)opcode);
        switch (Size(payloadLength))
        {
            case 2:
                frame[1] = (byte)payloadLength;
                break;
            case 4:
                frame[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payloadLength);
                break;
            default:
                frame[1] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payloadLength);
                break;
        }
    }
}
