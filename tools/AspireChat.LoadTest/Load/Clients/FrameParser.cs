using System.Buffers.Binary;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>Finds the frames of a server in received bytes. Servers do not mask, so that payloads are read where they lie.</summary>
internal static class FrameParser
{
    /// <summary>Longer ones are taken for nonsense.</summary>
    public const int MaxPayload = 16 * 1024 * 1024;

    /// <param name="bytes">What was received and not yet parsed.</param>
    /// <param name="frame">The first frame, if all of it is there.</param>
    /// <returns>The length of the frame with its header; 0 when more must come.</returns>
    /// <exception cref="InvalidDataException">These are no frames of a server.</exception>
    public static int TryParse(ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        if (bytes.Length < 2)
            return 0;

        var header = 2;
        long length = bytes[1] & 0x7f;
        if (length == 126)
        {
            if (bytes.Length < 4)
                return 0;

            (header, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        }
        else if (length == 127)
        {
            if (bytes.Length < 10)
                return 0;

            (header, length) = (10, BinaryPrimitives.ReadInt64BigEndian(bytes[2..]));
        }

        if ((bytes[0] & 0x70) != 0 || bytes[1] >= 0x80 || length is < 0 or > MaxPayload)
            throw new InvalidDataException($"The server sent bytes that are no frame: 0x{bytes[0]:x2} 0x{bytes[1]:x2}.");

        if (bytes.Length < header + length)
            return 0;

        frame = new Frame((byte)(bytes[0] & 0x0f), (bytes[0] & 0x80) != 0, bytes.Slice(header, (int)length));
        return header + (int)length;
    }

    internal readonly ref struct Frame(byte opcode, bool isFinal, ReadOnlySpan<byte> payload)
    {
        public byte Opcode { get; } = opcode;

        public bool IsFinal { get; } = isFinal;

        public ReadOnlySpan<byte> Payload { get; } = payload;
    }
}
