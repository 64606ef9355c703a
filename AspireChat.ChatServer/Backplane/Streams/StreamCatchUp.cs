using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// One time of a room's not being live: what is heard waits while the stream is read, until both together leave nothing missing. There is none, and
/// nothing held, while a room is live.
/// </summary>
/// <remarks>
/// Guarded by the room's gate. It alone moves the cursor while it lasts. A message is delivered only if it continues what was delivered; a page that
/// does not is announced by a resync, and only once the stream is certain not to go on from the cursor. What is let go of (an overflow) is always
/// followed by a read, so it is late and never lost.
/// </remarks>
internal sealed class StreamCatchUp(string reason, StreamCursor cursor, KnownRoom known, BackplaneMetrics metrics)
{
    private readonly PendingMessages _pending = new();
    private int _reads;
    private bool _readAgain;
    private string? _broken;

    /// <summary>Why it began; a <see cref="ReadReason"/>.</summary>
    public string Reason => reason;

    /// <summary>Keeps a message that was heard until its turn.</summary>
    public void Wait(in StreamMessage message)
    {
        if (!_pending.TryAdd(message, _reads))
            _readAgain = true;
    }

    /// <summary>The read under way, if there is one, may have come too early.</summary>
    public void ReadAgain() => _readAgain = true;

    /// <summary>The cursor's epoch is certain to have forked: it must not go on.</summary>
    public void Break() => _broken = cursor.Head.Epoch;

    /// <summary>What is to be read next.</summary>
    public ReadStep NextStep()
    {
        var broken = _broken;
        (_broken, _readAgain) = (null, false);
        return new ReadStep(++_reads, cursor.Head, cursor.Highest, broken);
    }

    /// <summary>Delivers what was read, if it continues what was delivered.</summary>
    public ReadVerdict Take(StreamPage page, ReadStep step)
    {
        var from = cursor.Head;

        // An epoch that is known to have ended is back: all of Redis was rolled back to a time before its end.
        if (page.Head.Epoch != from.Epoch)
            return ReadVerdict.Resync(ReadReason.Epoch, known.HasEnded(page.Head.Epoch) ? page.Head.Epoch : null);
        if (page.Top < step.Highest.Offset)
            return ReadVerdict.Resync(ReadReason.Rollback);
        if (page.Top == from.Offset && page.Head.Mark != from.Mark)
            return ReadVerdict.Resync(ReadReason.Fork, from.Epoch);
        if (page.Top > from.Offset && page.First > from.Offset + 1)
            return ReadVerdict.Resync(ReadReason.Window);

        foreach (var message in page.Messages)
        {
            if (cursor.Place(message) != Placement.Next || !known.Raise(new StreamHead(from.Epoch, message.Offset, message.Mark)))
                return ReadVerdict.Resync(ReadReason.Fork, from.Epoch);
            cursor.Deliver(message);
        }

        metrics.Repaired(page.Messages.Count);
        return cursor.Head.Offset < page.Top ? ReadVerdict.More : Settle(step.Number);
    }

    /// <summary>Announces that the stream goes on elsewhere. Asks to read on where it turns out that it does not.</summary>
    public ReadVerdict Resync(StreamPage page, ReadStep step, string why)
    {
        if (page.Head.Epoch.Length == 0 || known.HasEnded(page.Head.Epoch) || (page.Head.Epoch == cursor.Head.Epoch && why != ReadReason.Window))
            return ReadVerdict.More;

        metrics.Resynced(why);
        cursor.Resync(page);
        return Settle(step.Number);
    }

    /// <summary>The cursor stands where the stream stood when it was opened, and nothing was read yet: delivers what was heard since, if nothing is missing.</summary>
    public ReadVerdict Begin() => Settle(read: 0);

    /// <summary>After a read that came to the top: delivers what waited, and is done if that leaves nothing open.</summary>
    /// <param name="read">The number of the read; what waited when it was asked for is older than its answer.</param>
    private ReadVerdict Settle(int read)
    {
        while (_pending.TryPeek(out var message, out var heardDuring))
        {
            var isOlder = heardDuring < read;
            switch (cursor.Place(message))
            {
                case Placement.Next:
                    cursor.Deliver(message);
                    break;
                // The read proved an unbroken chain from what was delivered to the top, so a message below the top that is older than the read is in it.
                case Placement.Repeat:
                case Placement.Old when isOlder || read == 0:
                    metrics.Repeated();
                    break;
                // Published before the read, and yet the read found another epoch: it has ended.
                case Placement.OtherEpoch when isOlder:
                    known.End(cursor.EpochOf(message));
                    break;
                case Placement.Fork:
                    Break();
                    return ReadVerdict.More;
                default:
                    return ReadVerdict.More;
            }

            _pending.Drop();
        }

        return _readAgain || _broken is not null ? ReadVerdict.More : ReadVerdict.Done;
    }
}
