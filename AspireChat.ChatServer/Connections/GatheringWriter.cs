using System.Buffers;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// Writes frames to a socket, as many in one write as fit together: a write costs microseconds, whatever its length, and copying a frame nanoseconds.
/// </summary>
/// <remarks>One write at a time; <see cref="Drop"/> and <see cref="Stalled"/> from any thread.</remarks>
internal sealed class GatheringWriter(FrameTransport transport, TimeProvider time)
{
    /// <summary>The most that is copied together; larger frames are written as they are.</summary>
    private const int MaxGatheredBytes = 64 * 1024;

    private long _writingSince;
    private bool _dropped;

    /// <summary>How long the socket has accepted nothing of what it was given.</summary>
    public TimeSpan Stalled =>
        Volatile.Read(ref _writingSince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>
    /// Leaves out what the write under way has not begun. Only whole frames are left out: in the middle of one, the next would be taken for its rest.
    /// </summary>
    public void Drop() => Volatile.Write(ref _dropped, true);

    /// <summary>Ends the effect of <see cref="Drop"/>, for entries that were put in after it.</summary>
    public void Resume() => Volatile.Write(ref _dropped, false);

    public async ValueTask WriteAsync(ReadOnlyMemory<OutboundEntry> entries)
    {
        while (!entries.IsEmpty && !Volatile.Read(ref _dropped))
        {
            var (count, bytes) = Gather(entries.Span);
            if (count == 1)
            {
                await WriteAsync(entries.Span[0].Bytes);
            }
            else
            {
                var joined = ArrayPool<byte>.Shared.Rent(bytes);
                Join(entries.Span[..count], joined);
                await WriteAsync(joined.AsMemory(0, bytes));
                ArrayPool<byte>.Shared.Return(joined);
            }

            entries.Span[count - 1].Written?.TrySetResult();
            entries = entries[count..];
        }
    }

    /// <summary>Most sockets take all at once, and then nothing is awaited.</summary>
    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var written = transport.TryWrite(bytes.Span);
        return written == bytes.Length ? ValueTask.CompletedTask : WriteRestAsync(bytes[written..]);
    }

    /// <summary>Writes what a socket did not take at once.</summary>
    public async ValueTask WriteRestAsync(ReadOnlyMemory<byte> bytes)
    {
        Volatile.Write(ref _writingSince, time.GetTimestamp());
        await transport.WriteAsync(bytes);
        Volatile.Write(ref _writingSince, 0);
    }

    /// <summary>How many of the entries go into the next write: a run up to one that somebody waits for.</summary>
    private static (int Count, int Bytes) Gather(ReadOnlySpan<OutboundEntry> entries)
    {
        var (count, bytes) = (1, entries[0].Bytes.Length);
        while (count < entries.Length && entries[count - 1].Written is null && bytes + entries[count].Bytes.Length <= MaxGatheredBytes)
        {
            bytes += entries[count++].Bytes.Length;
        }

        return (count, bytes);
    }

    private static void Join(ReadOnlySpan<OutboundEntry> entries, Span<byte> joined)
    {
        foreach (var entry in entries)
        {
            entry.Bytes.CopyTo(joined);
            joined = joined[entry.Bytes.Length..];
        }
    }
}
