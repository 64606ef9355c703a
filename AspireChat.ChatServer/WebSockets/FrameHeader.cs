using System.Buffers.Binary;

namespace AspireChat.ChatServer.WebSockets;

/// <summary>The header of a frame from a client; RFC 6455, section 5.2.</summary>
internal readonly record struct FrameHeader(WebSocketOpcode Opcode, bool Final, long Length, uint Mask)
{
    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte OpcodeBits = 0x0F;
    private const byte MaskBit = 0x80;
    private const int MaskBytes = 4;
    private const int MaxControlLength = 125;

    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <param name="bytes">What was received.</param>
    /// <param name="header">The header; without <see cref="Mask"/> as long as the mask is not there.</param>
    /// <param name="size">How many bytes it takes; 0 when more are needed.</param>
    /// <returns>False when the bytes break the rules. Breaches are told as early as they show.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header, out int size)
    {
        header = default;
        size = 0;
        if (bytes.Length < 2)
        {
            return true;
        }

        var opcode = (WebSocketOpcode)(bytes[0] & OpcodeBits);
        var final = (bytes[0] & FinalBit) != 0;
        var shortLength = bytes[1] & ~MaskBit;
        if ((bytes[0] & ReservedBits) != 0 || (bytes[1] & MaskBit) == 0 || !IsKnown(opcode))
        {
            return false;
        }

        if (opcode >= WebSocketOpcode.Close && (!final || shortLength > MaxControlLength))
        {
            return false;
        }

        if (!TryReadLength(bytes[2..], shortLength, out var length, out var lengthBytes))
        {
            return false;
        }

        var maskStart = 2 + lengthBytes;
        if (bytes.Length >= maskStart + MaskBytes)
        {
            size = maskStart + MaskBytes;
            header = new FrameHeader(opcode, final, length, BinaryPrimitives.ReadUInt32LittleEndian(bytes[maskStart..]));
        }
        else if (bytes.Length >= maskStart)
        {
            header = new FrameHeader(opcode, final, length, Mask: 0);
        }

        return true;
    }

    /// <summary>Lengths take the fewest bytes they fit into, and no more than 63 bits.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> bytes, int shortLength, out long length, out int lengthBytes)
    {
        length = shortLength;
        lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        if (bytes.Length < lengthBytes)
        {
            return true;
        }

        switch (lengthBytes)
        {
            case 2:
                length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
                return length > MaxControlLength;
            case 8:
                length = BinaryPrimitives.ReadInt64BigEndian(bytes);
                return length > ushort.MaxValue;
            default:
                return true;
        }
    }

    private static bool IsKnown(WebSocketOpcode opcode) => opcode is
        WebSocketOpcode.Continuation or WebSocketOpcode.Text or WebSocketOpcode.Binary
        or WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong;
}
