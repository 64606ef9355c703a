using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// One room's subscription on this instance: makes of what the channel brings (in order, but with holes, and now and then twice) what the sink is promised
/// (each message once, in its place).
/// </summary>
/// <remarks>
/// Invariants. The sink is called under the gate only, so calls never overlap, and none begins after the room was closed. A message is delivered only if
/// it is the next one after the cursor and names the cursor's message as its predecessor; everything else waits until the stream was read. While it is
/// being read nobody but the reader moves the cursor. What is let go of (an overflow) is always followed by a read, so it is late and never lost. Whatever
/// is heard raises the room's high-water mark before it is delivered.
/// </remarks>
internal sealed class RoomStream(KnownRoom known, IRoomSink sink, StreamRepair repair, MessageMarks marks, BackplaneMetrics metrics) : IChannelListener
{
    /// <summary>Reads that found what the channel should have brought, after which the subscription is no longer believed in.</summary>
    private const int SilentRepairs = 2;

    private enum State
    {
        /// <summary>Subscribed, but it is not yet known where the stream stands: what is heard waits.</summary>
        Opening,
        Live,

        /// <summary>The stream is being read: what is heard waits.</summary>
        Reading,
        Closed,
    }

    private readonly Lock _gate = new();
    private readonly StreamCursor _cursor = new(known);
    private readonly PendingMessages _pending = new();
    private State _state;
    private int _reads;
    private bool _readAgain;
    private string _readFor = "";
    private string? _broken;
    private int _silentRepairs;
    private StreamPosition _expected;

    public KnownRoom Room => known;

    /// <summary>Set while the room waits to be looked at, since it was told of a message that it has not heard.</summary>
    public bool IsExpecting { get; private set; }

    /// <summary>When the tail is to be checked next; a timestamp of the time provider.</summary>
    public long CheckDue { get; set; }

    /// <summary>When the stream was last kept from expiring; a timestamp of the time provider.</summary>
    public long Kept { get; set; }

    /// <summary>The subscription brings nothing though the stream moves on: it should be made again.</summary>
    public bool IsSubscriptionDoubtful => Volatile.Read(ref _silentRepairs) >= SilentRepairs;

    /// <summary>The stream stands at a place that was read after the channel was subscribed, so nothing between the two is missing.</summary>
    public void Begin(StreamHead head)
    {
        lock (_gate)
        {
            if (_state == State.Closed)
                return;

            _cursor.MoveTo(head);
            sink.Begin(head.Position);
            _state = State.Reading;
            if (Settle(read: 0).Progress != ReadProgress.Done)
                StartReading(ReadReason.Gap);
        }
    }

    public void Hear(ReadOnlyMemory<byte> message)
    {
        if (message.IsEmpty)
            return;

        switch ((EnvelopeKind)message.Span[0])
        {
            case EnvelopeKind.StreamMessage when StreamMessage.TryDecode(message, out var decoded):
                HearMessage(decoded);
                break;
            case EnvelopeKind.Signal when SignalEnvelope.TryDecode(message.Span, out var signal):
                HearSignal(signal);
                break;
            case EnvelopeKind.Notice:
                Read(ReadReason.Epoch);
                break;
            default:
                // Of another version, or from an instance that has not followed a switch of the mode yet: without a place it cannot be delivered.
                metrics.Unreadable();
                break;
        }
    }

    public void Missed(int messages)
    {
        metrics.PassedOver(messages);
        Read(ReadReason.Overflow);
    }

    /// <summary>What was published between the two servers may be missing, and nothing says that another message will tell.</summary>
    public void Moved() => Read(ReadReason.Moved);

    /// <summary>Reads the stream, and delivers what is missing.</summary>
    public void Read(string reason)
    {
        lock (_gate)
        {
            if (_state == State.Live)
                StartReading(reason);
            else
                _readAgain = true;
        }
    }

    /// <summary>The stream is known to have come to this position: it should be heard soon. True when the room is to be put on the list of those to look at.</summary>
    public bool Expect(StreamPosition position)
    {
        lock (_gate)
        {
            if (_state == State.Closed || IsExpecting || !IsAhead(position))
                return false;

            // What is told later is looked at in its turn: the position is not moved on, else a busy room would never be looked at.
            (_expected, IsExpecting) = (position, true);
            return true;
        }
    }

    /// <summary>It had its time: what was expected has been heard, or is read.</summary>
    public void EndExpectation()
    {
        lock (_gate)
        {
            IsExpecting = false;
            if (_state == State.Live && IsAhead(_expected))
                StartReading(ReadReason.Tail);
        }
    }

    /// <summary>To be taken before a question that <see cref="Check"/> gets the answer to; null when there is nothing to check.</summary>
    public StreamHead? BeforeCheck()
    {
        lock (_gate)
            return _state == State.Live ? HighestOfEpoch() : null;
    }

    /// <summary>Compares with where Redis says that the stream stands. True when the room is to be put on the list of those to look at.</summary>
    public bool Check(StreamHead before, StreamHead head)
    {
        lock (_gate)
        {
            // Another epoch since the question was asked: the answer is of no use.
            if (_state != State.Live || before.Epoch != _cursor.Head.Epoch)
                return false;

            if (head.Epoch != before.Epoch)
                StartReading(ReadReason.Epoch);
            else if (head.Offset < before.Offset)
                StartReading(ReadReason.Rollback);
            else if (head.Offset == _cursor.Head.Offset && head.Mark != _cursor.Head.Mark)
                StartReading(ReadReason.Fork);
        }

        return Expect(head.Position);
    }

    /// <summary>Gives up the doubts about the subscription, since it is being made again.</summary>
    public void Trust() => Volatile.Write(ref _silentRepairs, 0);

    /// <summary>Ends it: no call to the sink begins from here on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _state = State.Closed;
            _pending.Clear();
        }
    }

    /// <summary>What the reader has to do next; null when nothing is left to do.</summary>
    public ReadStep? NextStep()
    {
        lock (_gate)
        {
            if (_state != State.Reading)
                return null;

            var broken = _broken;
            (_broken, _readAgain) = (null, false);
            return new ReadStep(++_reads, _cursor.Head, HighestOfEpoch(), broken);
        }
    }

    /// <summary>Delivers what was read, if it continues what was delivered.</summary>
    public ReadVerdict Take(StreamPage page, ReadStep step)
    {
        lock (_gate)
        {
            var cursor = _cursor.Head;
            if (_state != State.Reading)
                return ReadVerdict.Done;

            // An epoch that is known to have ended is back: all of Redis was rolled back to a time before its end.
            if (page.Head.Epoch != cursor.Epoch)
                return ReadVerdict.Resync(ReadReason.Epoch, known.HasEnded(page.Head.Epoch) ? page.Head.Epoch : null);
            if (page.Top < step.Highest.Offset)
                return ReadVerdict.Resync(ReadReason.Rollback);
            if (page.Top == cursor.Offset && page.Head.Mark != cursor.Mark)
                return ReadVerdict.Resync(ReadReason.Fork, cursor.Epoch);
            if (page.Top > cursor.Offset && page.First > cursor.Offset + 1)
                return ReadVerdict.Resync(ReadReason.Window);

            foreach (var message in page.Messages)
            {
                if (_cursor.Place(message) != Placement.Next || !known.Raise(new StreamHead(cursor.Epoch, message.Offset, message.Mark)))
                    return ReadVerdict.Resync(ReadReason.Fork, cursor.Epoch);
                Deliver(message);
            }

            metrics.Repaired(page.Messages.Count);
            if (_readFor == ReadReason.Tail && page.Messages.Count > 0)
                Volatile.Write(ref _silentRepairs, _silentRepairs + 1);
            return _cursor.Head.Offset < page.Top ? ReadVerdict.More : Settle(step.Number);
        }
    }

    /// <summary>Announces that the stream goes on elsewhere. Asks to read on where it turns out that it does not.</summary>
    public ReadVerdict Resync(StreamPage page, ReadStep step, string reason)
    {
        lock (_gate)
        {
            if (_state != State.Reading)
                return ReadVerdict.Done;
            if (page.Head.Epoch.Length == 0 || known.HasEnded(page.Head.Epoch) || (page.Head.Epoch == _cursor.Head.Epoch && reason != ReadReason.Window))
                return ReadVerdict.More;

            metrics.Resynced(reason);
            _cursor.MoveTo(page.Head with { Offset = page.Top - page.Messages.Count, Mark = page.Messages is [var first, ..] ? first.Previous : page.Head.Mark });
            foreach (var message in page.Messages)
                _cursor.Advance(message);
            sink.Resync(page.Head.Position, [.. page.Messages.Select(message => message.Message)]);
            return Settle(step.Number);
        }
    }

    /// <summary>Further on than what was delivered, or in an epoch that is not known to have ended.</summary>
    private bool IsAhead(StreamPosition position) =>
        position.Epoch == _cursor.Head.Epoch ? position.Offset > _cursor.Head.Offset : !known.HasEnded(position.Epoch);

    private void HearMessage(in StreamMessage message)
    {
        lock (_gate)
        {
            if (_state == State.Closed)
                return;

            Trust();
            var epoch = _cursor.EpochOf(message);
            var agrees = known.Raise(new StreamHead(epoch, message.Offset, message.Mark));
            if (!agrees && epoch == _cursor.Head.Epoch)
                _broken = epoch;

            if (_state != State.Live)
            {
                _readAgain |= !agrees;
                Wait(message);
                return;
            }

            switch (_broken is null ? _cursor.Place(message) : Placement.Fork)
            {
                case Placement.Next:
                    if (marks.Age(message.Mark) is { } age)
                        metrics.Delivered(age);
                    Deliver(message);
                    break;
                case Placement.Repeat:
                    metrics.Repeated();
                    break;
                case Placement.Fork:
                    _broken = _cursor.Head.Epoch;
                    WaitAndRead(message, ReadReason.Fork);
                    break;
                case Placement.OtherEpoch:
                    WaitAndRead(message, ReadReason.Epoch);
                    break;
                case Placement.Old:
                    WaitAndRead(message, ReadReason.Rollback);
                    break;
                default:
                    WaitAndRead(message, ReadReason.Gap);
                    break;
            }
        }
    }

    private void HearSignal(RoomSignal signal)
    {
        lock (_gate)
        {
            if (_state is State.Live or State.Reading)
                sink.Signal(signal);
        }
    }

    private void Deliver(in StreamMessage message)
    {
        _cursor.Advance(message);
        sink.Deliver(message.Message);
    }

    private void WaitAndRead(in StreamMessage message, string reason)
    {
        Wait(message);
        StartReading(reason);
    }

    private void Wait(in StreamMessage message)
    {
        if (!_pending.TryAdd(message, _reads))
            _readAgain = true;
    }

    private void StartReading(string reason)
    {
        _state = State.Reading;
        _readFor = reason;
        metrics.RepairBegan(reason);
        repair.Start(this, reason, _cursor.Head.Offset);
    }

    /// <summary>The high-water mark in the cursor's epoch. A question asked after this cannot truthfully be answered with less.</summary>
    private StreamHead HighestOfEpoch() =>
        known.Highest is var highest && highest.Epoch == _cursor.Head.Epoch && highest.Offset > _cursor.Head.Offset ? highest : _cursor.Head;

    /// <summary>After a read that came to the top: delivers what waited, and goes live if that leaves nothing open.</summary>
    /// <param name="read">The number of the read; what waited when it was asked for is older than its answer.</param>
    private ReadVerdict Settle(int read)
    {
        while (_pending.TryPeek(out var message, out var heardDuring))
        {
            var isOlder = heardDuring < read;
            switch (_cursor.Place(message))
            {
                case Placement.Next:
                    Deliver(message);
                    break;
                // The read proved an unbroken chain from what was delivered to the top, so a message below the top that is older than the read is in it.
                case Placement.Repeat:
                case Placement.Old when isOlder || read == 0:
                    metrics.Repeated();
                    break;
                // Published before the read, and yet the read found another epoch: it has ended.
                case Placement.OtherEpoch when isOlder:
                    known.End(_cursor.EpochOf(message));
                    break;
                case Placement.Fork:
                    _broken = _cursor.Head.Epoch;
                    return ReadVerdict.More;
                default:
                    return ReadVerdict.More;
            }

            _pending.Drop();
        }

        if (_readAgain || _broken is not null)
            return ReadVerdict.More;

        _state = State.Live;
        return ReadVerdict.Done;
    }
}
