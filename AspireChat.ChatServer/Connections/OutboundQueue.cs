using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// What waits to be written to one socket, in order. Frames are kept by reference, shared with all other receivers; whatever waits when the socket is
/// free goes out in one write. Putting in never waits, so that a fan-out is not as slow as its slowest member.
/// </summary>
/// <remarks>
/// Thread-safe. Bounded by bytes, not by frames: bytes are what fills memory. At any time at most one writes to the socket, and holds the queue's turn
/// for it: the <see cref="OutboundPump"/>, or a caller with a claim.
/// </remarks>
internal sealed class OutboundQueue
{
    private readonly FrameTransport _transport;
    private readonly Lock _gate = new();
    private readonly OutboundPump _pump;
    private OutboundEntries _waiting;

    /// <summary>The turn to write is taken.</summary>
    private bool _writing;
    private bool _lastIsIn;
    private bool _ended;
    private TaskCompletionSource? _whenEnded;

    /// <param name="transport">The socket.</param>
    /// <param name="maxBytes">The most that may wait or be under way, of what counts.</param>
    /// <param name="time">Tells how long a write takes.</param>
    public OutboundQueue(FrameTransport transport, int maxBytes, TimeProvider time)
    {
        _transport = transport;
        _waiting = new OutboundEntries(maxBytes);
        _pump = new OutboundPump(this, transport, time);
    }

    /// <summary>Bytes that wait or are being written, as far as they count.</summary>
    public int Bytes => _waiting.Bytes;

    /// <summary>Whether all is written, the last frame included, or the socket is broken.</summary>
    public bool IsEnded => Volatile.Read(ref _ended);

    /// <inheritdoc cref="OutboundPump.Stalled"/>
    public TimeSpan Stalled => _pump.Stalled;

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
            _pump.Start();
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

            if (_writing)
            {
                return TryAppend(frames, out _);
            }

            if (!_waiting.TryCount(frames.Length))
            {
                return Enqueued.Overflow;
            }

            claimed = _writing = true;
            return Enqueued.Accepted;
        }
    }

    /// <summary>Writes claimed frames as far as the socket takes them at once.</summary>
    /// <returns>How many bytes it took; negative when it is broken.</returns>
    public int TryWrite(byte[] frames)
    {
        try
        {
            return _transport.TryWrite(frames);
        }
        catch (IOException)
        {
            return -1;
        }
    }

    /// <summary>Lends the socket to write claimed frames to; see <see cref="FrameTransport.TryLendSocket"/>.</summary>
    public bool TryLendSocket([NotNullWhen(true)] out SafeHandle? socket) => _transport.TryLendSocket(out socket);

    /// <summary>Ends a claim, and sees to what is left of the frames and what has come since.</summary>
    /// <param name="frames">What was claimed.</param>
    /// <param name="written">What <see cref="TryWrite"/> returned, or a write to the lent socket that does as it does.</param>
    public void EndClaim(byte[] frames, int written)
    {
        if (written < frames.Length)
        {
            _ = _pump.StartWithRestAsync(frames, written);
            return;
        }

        lock (_gate)
        {
            _waiting.Uncount(frames.Length);
            if (_waiting.IsEmpty)
            {
                StopWriting();
                return;
            }
        }

        _pump.Start();
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
            _pump.Start();
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

        _pump.Start();
    }

    /// <summary>Gives up all that waits: the socket is gone.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _lastIsIn = true;
            Drop();
            if (!_writing)
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

    /// <summary>Takes back what was written, and gives what waits; for the pump, whose turn is over when nothing does.</summary>
    /// <param name="batch">What was written, and then what waits.</param>
    /// <param name="count">The number of its entries.</param>
    /// <returns>Whether anything waits.</returns>
    public bool TakeWaiting(ref OutboundEntry[] batch, ref int count)
    {
        var written = OutboundEntry.Forget(batch.AsSpan(0, count));
        lock (_gate)
        {
            _waiting.Uncount(written);
            _waiting.Swap(ref batch, out count);
            _pump.Resume();
            if (count == 0)
            {
                StopWriting();
                return false;
            }

            return true;
        }
    }

    /// <summary>So many bytes do not wait any more; for the pump.</summary>
    public void Uncount(int bytes)
    {
        lock (_gate)
        {
            _waiting.Uncount(bytes);
        }
    }

    /// <summary>
    /// Ends it after a failed write, for the pump: whatever the write failed of, the socket is of no more use. The reading side meets the same end, and sees
    /// to the rest.
    /// </summary>
    public void Break()
    {
        lock (_gate)
        {
            _writing = false;
        }

        Abandon();
    }

    private Enqueued TryAppend(byte[] bytes, out bool idle)
    {
        idle = false;
        if (_lastIsIn)
        {
            return Enqueued.Ended;
        }

        if (!_waiting.TryCount(bytes.Length))
        {
            return Enqueued.Overflow;
        }

        idle = Append(new OutboundEntry(bytes, Counts: true));
        return Enqueued.Accepted;
    }

    /// <returns>Whether nobody was writing, so that the caller must start the pump once it has left the lock.</returns>
    private bool Append(OutboundEntry entry)
    {
        Debug.Assert(_gate.IsHeldByCurrentThread);
        _waiting.Add(entry);
        var idle = !_writing;
        _writing = true;
        return idle;
    }

    private void Drop()
    {
        _pump.Drop();
        _waiting.Clear();
    }

    private void StopWriting()
    {
        _writing = false;
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
