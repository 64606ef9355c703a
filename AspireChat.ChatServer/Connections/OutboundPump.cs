using System.Buffers;

namespace AspireChat.ChatServer.Connections;

/// <summary>Writes to a socket what waits in its <see cref="OutboundQueue"/>, as many frames in one write as fit together, until nothing is left.</summary>
/// <remarks>
/// It is the queue that says when: one run at a time, started for the first frame that waits, so that one write at a time is under way and nothing waits
/// that nobody will write. Whatever a write fails of, the queue is told, and the run is over. <see cref="Drop"/> and <see cref="Stalled"/> may be used
/// from any thread.
/// </remarks>
internal sealed class OutboundPump(OutboundQueue queue, FrameTransport transport, TimeProvider time) : IThreadPoolWorkItem
{
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

    /// <summary>Begins a run on another thread.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Begins a run with what is left of frames that were claimed.</summary>
    /// <param name="frames">What was claimed.</param>
    /// <param name="written">How many of its bytes are written; negative when the socket is broken.</param>
    public async Task StartWithRestAsync(byte[] frames, int written)
    {
        try
        {
            if (written < 0)
            {
                throw new IOException("The connection is broken.");
            }

            await WriteRestAsync(frames.AsMemory(written));
        }
        catch (Exception)
        {
            queue.Break();
            return;
        }
        finally
        {
            queue.Uncount(frames.Length);
        }

        await RunAsync();
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        var (batch, count) = (Array.Empty<OutboundEntry>(), 0);
        try
        {
            while (queue.TakeWaiting(ref batch, ref count))
            {
                await WriteAsync(batch.AsMemory(0, count));
            }
        }
        catch (Exception)
        {
            OutboundEntry.Forget(batch.AsSpan(0, count));
            queue.Break();
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<OutboundEntry> entries)
    {
        while (!entries.IsEmpty && !Volatile.Read(ref _dropped))
        {
            var (count, bytes) = Gathering.Next(entries.Span);
            if (count == 1)
            {
                await WriteAsync(entries.Span[0].Bytes);
            }
            else
            {
                var joined = ArrayPool<byte>.Shared.Rent(bytes);
                Gathering.Join(entries.Span[..count], joined);
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
    private async ValueTask WriteRestAsync(ReadOnlyMemory<byte> bytes)
    {
        Volatile.Write(ref _writingSince, time.GetTimestamp());
        await transport.WriteAsync(bytes);
        Volatile.Write(ref _writingSince, 0);
    }
}
