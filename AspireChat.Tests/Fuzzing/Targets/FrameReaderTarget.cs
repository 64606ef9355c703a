using AspireChat.ChatServer.WebSockets;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Conformance;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Frames of clients: read alike however they are cut, and as a reader does that has them all at once and takes the standard by the letter.</summary>
internal sealed class FrameReaderTarget : FuzzTarget
{
    private const int Max = 1000;

    public override string Name => "frames";

    public override IEnumerable<byte[]> Seeds => ConformanceCases.All
        .Where(one => one.Writes.Sum(write => write.Length) < 2000)
        .Select(one => one.Writes.SelectMany(write => write).ToArray());

    /// <summary>Of the texts by which readings are compared; for what the reader itself takes see <see cref="MaxHeld"/>.</summary>
    public override (long Fixed, int PerByte) Allocation => (512 * 1024, 512);

    /// <summary>Buffers come from a pool, which makes one of each size and thread: no more than that, however long the input is.</summary>
    private const long MaxHeld = 64 * 1024;

    public override byte[] Generate(Random random)
    {
        byte[] firsts = [0x81, 0x01, 0x00, 0x80, 0x89, 0x8A, 0x01, 0x00, 0x00, 0x80, 0x88, 0x82];
        var frames = new List<byte>();
        for (var i = random.Next(12); i >= 0; i--)
        {
            var payload = new byte[random.Next(1 << random.Next(1, 11))];
            if (random.Next(4) == 0)
            {
                random.NextBytes(payload);
            }

            frames.AddRange(TestClient.Encode(firsts[random.Next(firsts.Length)], payload));
        }

        return [.. frames];
    }

    public override string Check(byte[] input)
    {
        var wanted = ReferenceReader.Read(input, Max);
        var pieces = new Random(input.Length + (input.Length > 0 ? input[^1] * 1000 : 0));
        foreach (var step in (int[])[int.MaxValue, 1, 7, -1, -1])
        {
            var read = Read(input, () => step > 0 ? step : pieces.Next(1, 300));
            if (!read.SequenceEqual(wanted))
            {
                throw new FuzzException($"Read in pieces of {step}: {string.Join(", ", read)}; wanted: {string.Join(", ", wanted)}.");
            }
        }

        CheckHeld(input);
        return string.Join(' ', wanted.Select(one => one.Split(' ')[0]).Take(8));
    }

    private static void CheckHeld(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(input, () => int.MaxValue, found: null);
        if (GC.GetAllocatedBytesForCurrentThread() - before is > MaxHeld and var held)
        {
            throw new FuzzException($"The reader took {held} bytes of memory.");
        }
    }

    public static List<string> Read(byte[] bytes, Func<int> step)
    {
        var found = new List<string>();
        Read(bytes, step, found);
        return found;
    }

    private static void Read(byte[] bytes, Func<int> step, List<string>? found)
    {
        var reader = new FrameReader(Max);
        try
        {
            for (var at = 0; at < bytes.Length;)
            {
                var memory = reader.GetMemory();
                var count = Math.Min(Math.Min(step(), memory.Length), bytes.Length - at);
                bytes.AsMemory(at, count).CopyTo(memory);
                reader.Advance(count);
                at += count;
                while (reader.Read(out var payload) is var kind && kind != ReceivedKind.None)
                {
                    found?.Add(ReferenceReader.Describe(kind, payload.Span));
                    if (ReferenceReader.IsLast(kind))
                    {
                        return;
                    }
                }
            }
        }
        finally
        {
            reader.Release();
        }
    }
}
