using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>What became of a frame that was put into an <see cref="OutboundQueue"/>.</summary>
internal enum Enqueued
{
    Accepted,

    /// <summary>The queue holds as much as it may: the peer takes less than it is sent.</summary>
    Overflow,

    /// <summary>Nothing is taken any more: the last frame is in, or the socket is broken.</summary>
    Ended,
}

/// <summary>
/// What waits to be written to one socket, in order. Frames are kept by reference, shared with all other receivers; whatever waits when the socket is
/// free goes out in one write. Putting in never waits, so that a fan-out is not as slow as its slowest member.
/// </summary>
/// <remarks>Thread-safe. Bounded by bytes, not by frames: bytes are what fills memory.</remarks>
internal sealed class OutboundQueue(FrameTransport transport, int maxBytes, TimeProvider time) : IThreadPoolWorkItem
{
    /// <summary>Longer arrays are not kept for the next burst.</summary>
    private const int MaxKeptEntries = 64;

    private readonly Lock _gate = new();
    private readonly GatheringWriter _writer = new(transport, time);
    private OutboundEntry[] _waiting = [];
    private OutboundEntry[] _spare = [];
    private int _count;
    private int _bytes;
    private bool _pumping;
    private bool _lastIsIn;
    private bool _ended;
    private TaskCompletionSource? _whenEnded;

    /// <summary>Bytes that wait or are being written, as far as they count.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether all is written, the last frame included, or the socket is broken.</summary>
    public bool IsEnded => Volatile.Read(ref _ended);

    /// <inheritdoc cref="GatheringWriter.Stalled"/>
    public TimeSpan Stalled => _writer.Stalled;

    /// <summary>Puts in a frame. It is written by another thread, together with what comes until then.</summary>
    public Enqueued Enqueue(ServerFrame frame)
    {
        bool idle;
        lock (_gate)
        {
            var result = TryAppend(frame.Bytes, out idle);
            if (result != Enqueued.Accepted)
            {
                return result;
            }
        }

        if (idle)
        {
            Pump();
        }

        return Enqueued.Accepted;
    }

    /// <summary>
    /// Puts in frames of a room. Where nothing waits before them they are not put in but the caller's to write, who must call <see cref="EndClaim"/> soon:
    /// what comes until then waits.
    /// </summary>
    /// <param name="frames">Whole frames, one behind the other; shared with their other receivers.</param>
    /// <param name="member">Whom they are for. One that is not live any more by the time its turn comes gets nothing.</param>
    /// <param name="claimed">Whether they are the caller's to write.</param>
    public Enqueued TryClaim(byte[] frames, Membership member, out bool claimed)
    {
        claimed = false;
        lock (_gate)
        {
            // Looked at under this lock, so that nothing of a room follows what tells its member that it has left.
            if (_lastIsIn || member.State != MembershipState.Live)
            {
                return Enqueued.Ended;
            }

            if (_pumping)
            {
                return TryAppend(frames, out _);
            }

            if (frames.Length > maxBytes)
            {
                return Enqueued.Overflow;
            }

            _bytes += frames.Length;
            claimed = _pumping = true;
            return Enqueued.Accepted;
        }
    }

    /// <summary>Writes claimed frames as far as the socket takes them at once.</summary>
    /// <returns>How many bytes it took; negative when it is broken.</returns>
    public int TryWrite(byte[] frames)
    {
        try
        {
            return transport.TryWrite(frames);
        }
        catch (IOException)
        {
            return -1;
        }
    }

    /// <summary>The socket to write claimed frames to, kept open for the caller, who gives it back by <see cref="SafeHandle.DangerousRelease"/>.</summary>
    public bool TryLendSocket([NotNullWhen(true)] out SafeHandle? socket)
    {
        var lent = false;
        socket = transport.Socket;
        try
        {
            socket?.DangerousAddRef(ref lent);
        }
        catch (ObjectDisposedException)
        {
            // A write finds out in its own way.
        }

        socket = lent ? socket : null;
        return lent;
    }

    /// <summary>Ends a claim, and sees to what is left of the frames and what has come since.</summary>
    /// <param name="frames">What was claimed.</param>
    /// <param name="written">What <see cref="TryWrite"/> returned, or a write to the lent socket that does as it does.</param>
    public void EndClaim(byte[] frames, int written)
    {
        if (written < frames.Length)
        {
            _ = FinishClaimAsync(frames, written);
            return;
        }

        lock (_gate)
        {
            _bytes -= frames.Length;
            if (_count == 0)
            {
                StopPumping();
                return;
            }
        }

        Pump();
    }

    /// <summary>
    /// Puts in frames that do not count: history and replays, which the peer asked for. What bounds them is that their sender waits for the returned
    /// task, which completes when they are written or never will be.
    /// </summary>
    public Task EnqueueUncounted(params ReadOnlySpan<ServerFrame> frames)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var idle = false;
        lock (_gate)
        {
            if (_lastIsIn || frames.IsEmpty)
            {
                return Task.CompletedTask;
            }

            for (var i = 0; i < frames.Length; i++)
            {
                idle |= Append(new OutboundEntry(frames[i].Bytes, Counts: false, i == frames.Length - 1 ? written : null));
            }
        }

        if (idle)
        {
            Pump();
        }

        return written.Task;
    }

    /// <summary>Puts in the last frame; whatever comes later is refused.</summary>
    /// <param name="last">The close frame.</param>
    /// <param name="dropWaiting">Leaves out what waits before it: a peer that does not read would not read that either.</param>
    public void Finish(ServerFrame last, bool dropWaiting)
    {
        lock (_gate)
        {
            if (_lastIsIn)
            {
                return;
            }

            if (dropWaiting)
            {
                Drop();
            }

            _lastIsIn = true;
            if (!Append(new OutboundEntry(last.Bytes, Counts: false)))
            {
                return;
            }
        }

        Pump();
    }

    /// <summary>Gives up all that waits: the socket is gone.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _lastIsIn = true;
            Drop();
            if (!_pumping)
            {
                End();
            }
        }
    }

    /// <summary>Completes once <see cref="IsEnded"/>.</summary>
    public Task WhenEnded()
    {
        lock (_gate)
        {
            return _ended ? Task.CompletedTask : (_whenEnded ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = PumpAsync();

    private void Pump() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private async Task FinishClaimAsync(byte[] frames, int written)
    {
        try
        {
            if (written < 0)
            {
                throw new IOException("The connection is broken.");
            }

            await _writer.WriteRestAsync(frames.AsMemory(written));
        }
        catch (Exception)
        {
            Break();
            return;
        }
        finally
        {
            lock (_gate)
            {
                _bytes -= frames.Length;
            }
        }

        await PumpAsync();
    }

    private async Task PumpAsync()
    {
        var (batch, count) = (Array.Empty<OutboundEntry>(), 0);
        try
        {
            while (TakeWaiting(ref batch, ref count))
            {
                await _writer.WriteAsync(batch.AsMemory(0, count));
            }
        }
        catch (Exception)
        {
            Forget(batch.AsSpan(0, count));
            Break();
        }
    }

    /// <summary>Whatever a write fails of, the socket is of no more use. The reading side meets the same end, and sees to the rest.</summary>
    private void Break()
    {
        lock (_gate)
        {
            _pumping = false;
        }

        Abandon();
    }

    /// <summary>Swaps what was written for what waits.</summary>
    private bool TakeWaiting(ref OutboundEntry[] batch, ref int count)
    {
        var written = Forget(batch.AsSpan(0, count));
        lock (_gate)
        {
            _bytes -= written;
            _spare = batch.Length <= MaxKeptEntries ? batch : [];
            (batch, count) = (_waiting, _count);
            _writer.Resume();
            if (count == 0)
            {
                (_waiting, _spare) = (_spare, []);
                StopPumping();
                return false;
            }

            (_waiting, _spare, _count) = (_spare, [], 0);
            return true;
        }
    }

    private Enqueued TryAppend(byte[] bytes, out bool idle)
    {
        idle = false;
        if (_lastIsIn)
        {
            return Enqueued.Ended;
        }

        if (_bytes + bytes.Length > maxBytes)
        {
            return Enqueued.Overflow;
        }

        _bytes += bytes.Length;
        idle = Append(new OutboundEntry(bytes, Counts: true));
        return Enqueued.Accepted;
    }

    /// <returns>Whether nobody is pumping, so that the caller must see to it once it has left the lock.</returns>
    private bool Append(OutboundEntry entry)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        if (_count == _waiting.Length)
        {
            Array.Resize(ref _waiting, Math.Max(1, _count * 2));
        }

        _waiting[_count++] = entry;
        var idle = !_pumping;
        _pumping = true;
        return idle;
    }

    private void Drop()
    {
        _writer.Drop();
        _bytes -= Forget(_waiting.AsSpan(0, _count));
        _count = 0;
    }

    /// <summary>Lets go of entries, and of whoever waits for them.</summary>
    /// <returns>How many of their bytes counted.</returns>
    private static int Forget(Span<OutboundEntry> entries)
    {
        var counted = 0;
        foreach (ref var entry in entries)
        {
            counted += entry.Counts ? entry.Bytes.Length : 0;
            entry.Written?.TrySetResult();
            entry = default;
        }

        return counted;
    }

    private void StopPumping()
    {
        _pumping = false;
        if (_lastIsIn)
        {
            End();
        }
    }

    private void End()
    {
        Volatile.Write(ref _ended, true);
        _whenEnded?.TrySetResult();
    }
}
