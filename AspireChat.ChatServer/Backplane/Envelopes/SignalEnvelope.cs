using System.Buffers.Binary;
using System.Text;

namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>A signal: kind, kind of signal (1 byte), members (4), name (the rest).</summary>
internal static class SignalEnvelope
{
    private const int NameStart = 6;

    public static byte[] Encode(RoomSignal signal)
    {
        var bytes = new byte[NameStart + Encoding.UTF8.GetByteCount(signal.Name)];
        bytes[0] = (byte)EnvelopeKind.Signal;
        bytes[1] = (byte)signal.Kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), signal.Members);
        Encoding.UTF8.GetBytes(signal.Name, bytes.AsSpan(NameStart));
        return bytes;
    }

    public static bool TryDecode(ReadOnlySpan<byte> envelope, out RoomSignal signal)
    {
        signal = default;
        if (envelope.Length < NameStart)
            return false;

        signal = new RoomSignal(
            (RoomSignalKind)envelope[1],
            Encoding.UTF8.GetString(envelope[NameStart..]),
            BinaryPrimitives.ReadInt32BigEndian(envelope[2..]));
        return true;
    }
}
