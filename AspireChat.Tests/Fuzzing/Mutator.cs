using System.Buffers.Binary;

namespace AspireChat.Tests.Fuzzing;

/// <summary>Changes inputs at random: bytes, pieces, and pieces of one put into another.</summary>
internal sealed class Mutator(Random random, byte[][] tokens)
{
    private static readonly byte[] Edges = [0x00, 0x01, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0x88, 0xC0, 0xED, 0xF4, 0xFE, 0xFF, (byte)'"', (byte)'\\', (byte)'{', (byte)'\r', (byte)'\n'];

    public byte[] Mutate(IReadOnlyList<byte[]> pool)
    {
        var input = pool[random.Next(pool.Count)];
        for (var changes = 1 + (int)Math.Abs(Math.Log2(1 - random.NextDouble())); changes > 0; changes--)
        {
            input = Change(input, pool);
        }

        return input;
    }

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> pool)
    {
        var at = random.Next(input.Length + 1);
        var length = Math.Min(random.Next(1, 1 << random.Next(1, 9)), input.Length - at);
        return random.Next(9) switch
        {
            0 => Replace(input, at, at < input.Length ? [(byte)(input[at] ^ (1 << random.Next(8)))] : []),
            1 => Replace(input, at, at < input.Length ? [Edges[random.Next(Edges.Length)]] : []),
            2 => [.. input[..at], Edges[random.Next(Edges.Length)], .. input[at..]],
            3 => [.. input[..at], .. input[(at + length)..]],
            4 => [.. input[..(at + length)], .. input[at..]],
            5 => Replace(input, at, Number(Math.Min(8, input.Length - at))),
            6 when tokens.Length > 0 => [.. input[..at], .. tokens[random.Next(tokens.Length)], .. input[at..]],
            7 => Repeat(input, at, length),
            _ => Splice(input, at, pool[random.Next(pool.Count)]),
        };
    }

    private static byte[] Replace(byte[] input, int at, ReadOnlySpan<byte> with)
    {
        var changed = input.ToArray();
        with.CopyTo(changed.AsSpan(at));
        return changed;
    }

    /// <summary>A number at one end of what it can be.</summary>
    private byte[] Number(int length)
    {
        var number = new byte[8];
        var edge = 1L << random.Next(64);
        BinaryPrimitives.WriteInt64BigEndian(number, random.Next(3) switch { 0 => edge, 1 => edge - 1, _ => -edge });
        return number[(8 - length)..];
    }

    private byte[] Repeat(byte[] input, int at, int length)
    {
        var piece = input.AsSpan(at, Math.Min(length, 16)).ToArray();
        return [.. input[..at], .. Enumerable.Repeat(piece, random.Next(1, 200)).SelectMany(one => one), .. input[at..]];
    }

    private byte[] Splice(byte[] input, int at, byte[] other)
    {
        var from = random.Next(other.Length + 1);
        return [.. input[..at], .. other.AsSpan(from, random.Next(other.Length - from + 1)), .. random.Next(2) == 0 ? input[at..] : []];
    }
}
