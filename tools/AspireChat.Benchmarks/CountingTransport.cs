using AspireChat.ChatServer.Connections;

namespace AspireChat.Benchmarks;

/// <summary>A socket that takes everything at once, and counts it.</summary>
internal sealed class CountingTransport(ByteCount count) : FrameTransport
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer) => throw new NotSupportedException("Nothing is read in a benchmark of writing.");

    public override int TryWrite(ReadOnlySpan<byte> bytes)
    {
        count.Add(bytes.Length);
        return bytes.Length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        count.Add(bytes.Length);
        return ValueTask.CompletedTask;
    }

    public override void Abort()
    {
    }
}
