using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>
/// What each message carries: whose it is, its number, and when it was sent. It is the message's id, for acknowledgements to tell, and the head of its
/// text, for deliveries: fixed places in ASCII, read off the bytes of a frame without parsing that.
/// </summary>
/// <param name="Room">Number of the room.</param>
/// <param name="Slot">Which of the room's publishers.</param>
/// <param name="Sequence">Number within this room and publisher, from 0.</param>
/// <param name="SentAt">By <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal readonly record struct Stamp(int Room, int Slot, uint Sequence, long SentAt)
{
    private const int RunSize = 16;
    private const int RoomAt = RunSize;
    private const int SlotAt = RoomAt + 6;
    private const int SequenceAt = SlotAt + 4;
    private const int SentAtAt = SequenceAt + 8;

    public const int Size = SentAtAt + 16;

    /// <summary>A random name for a run: 96 bits, so that no other run's messages are taken for its own.</summary>
    public static byte[] NewRun() => Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RunSize / 4 * 3)));

    public void Write(ReadOnlySpan<byte> run, Span<byte> to)
    {
        run.CopyTo(to);
        Write((uint)Room, to[RoomAt..SlotAt]);
        Write((uint)Slot, to[SlotAt..SequenceAt]);
        Write(Sequence, to[SequenceAt..SentAtAt]);
        Write((ulong)SentAt, to[SentAtAt..Size]);
    }

    /// <param name="from">A stamp with its run's name.</param>
    /// <param name="stamp">What it says.</param>
    /// <returns>False when it is none: cut short, or not in hexadecimal digits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> from, out Stamp stamp)
    {
        stamp = default;
        if (from.Length < Size
            || !TryParse(from[RoomAt..SlotAt], out var room)
            || !TryParse(from[SlotAt..SequenceAt], out var slot)
            || !TryParse(from[SequenceAt..SentAtAt], out var sequence)
            || !TryParse(from[SentAtAt..Size], out var sentAt))
        {
            return false;
        }

        stamp = new Stamp((int)room, (int)slot, (uint)sequence, (long)sentAt);
        return true;
    }

    private static void Write(ulong value, Span<byte> to)
    {
        for (var i = to.Length - 1; i >= 0; i--, value >>= 4)
            to[i] = "0123456789abcdef"u8[(int)(value & 15)];
    }

    private static bool TryParse(ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        foreach (var c in from)
        {
            var digit = c is >= (byte)'0' and <= (byte)'9' ? c - '0' : c is >= (byte)'a' and <= (byte)'f' ? c - 'a' + 10 : -1;
            if (digit < 0)
                return false;

            value = (value << 4) | (uint)digit;
        }

        return true;
    }
}
