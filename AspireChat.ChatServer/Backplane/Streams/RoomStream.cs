using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// One room's subscription on this instance: makes of what the channel brings (in order, but with holes, and now and then twice) what the sink is promised
/// (each message once, in its place). It hears; where something is missing or does not fit, a <see cref="StreamCatchUp"/> reads.
/// </summary>
/// <remarks>
/// Thread-safe. Invariants: the sink is called under the gate only, so calls never overlap, and none begins after the room was closed. A message that is
/// heard is delivered at once only if it is the next one after the cursor and names the cursor's message as its predecessor; everything else waits until
/// the stream was read. Whatever is heard raises the room's high-water mark before it is delivered.
/// </remarks>
internal sealed class RoomStream : IChannelListener
{
    /// <summary>Reads that found what the channel should have brought, after which the subscription is no longer believed in.</summary>
    private const int SilentRepairs = 2;

    private readonly Lock _gate = new();
    private readonly KnownRoom _known;
    private readonly IRoomSink _sink;
    private readonly StreamCursor _cursor;
    private readonly StreamRepair _repair;
    private readonly MessageMarks _marks;
    private readonly BackplaneMetrics _metrics;

    /// <summary>Null while the room is live. The first waits to be told where the stream stands; the others are being read.</summary>
    private StreamCatchUp? _catchUp;
    private StreamPosition? _expected;
    private int _silentRepairs;
    private bool _hasBegun;
    private bool _closed;

    public RoomStream(KnownRoom known, IRoomSink sink, StreamRepair repair, MessageMarks marks, BackplaneMetrics metrics)
    {
        (_known, _sink, _repair, _marks, _metrics) = (known, sink, repair, marks, metrics);
        _cursor = new StreamCursor(known, sink);
        _catchUp = NewCatchUp(ReadReason.Gap);
    }

    public KnownRoom Room => _known;

    /// <summary>The subscription brings nothing though the stream moves on: it should be made again.</summary>
    public bool IsSubscriptionDoubtful => Volatile.Read(ref _silentRepairs) >= SilentRepairs;

    private bool IsLive => _catchUp is null && !_closed;

    /// <summary>The stream stands at a place that was read after the channel was subscribed, so nothing between the two is missing.</summary>
    public void Begin(StreamHead head)
    {
        lock (_gate)
        {
            if (_closed || _catchUp is not { } opening)
                return;

            _hasBegun = true;
            _cursor.Begin(head);
            if (Conclude(opening.Begin()).Progress != ReadProgress.Done)
                StartReading(opening);
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
                _metrics.Unreadable();
                break;
        }
    }

    public void Missed(int messages)
    {
        _metrics.PassedOver(messages);
        Read(ReadReason.Overflow);
    }

    /// <summary>What was published between the two servers may be missing, and nothing says that another message will tell.</summary>
    public void Moved() => Read(ReadReason.Moved);

    /// <summary>The stream is known to have come to this position: it should be heard soon. True when the room is to be put on the list of those to look at.</summary>
    public bool Expect(StreamPosition position)
    {
        lock (_gate)
        {
            // What is told later is looked at in its turn: the position is not moved on, else a busy room would never be looked at.
            if (_closed || _expected is not null || !_cursor.IsBehind(position))
                return false;

            _expected = position;
            return true;
        }
    }

    /// <summary>It had its time: what was expected has been heard, or is read.</summary>
    public void EndExpectation()
    {
        lock (_gate)
        {
            if (IsLive && _expected is { } expected && _cursor.IsBehind(expected))
                StartReading(ReadReason.Tail);
            _expected = null;
        }
    }

    /// <summary>To be taken before a question that <see cref="Check"/> gets the answer to; null when there is nothing to check.</summary>
    public StreamHead? BeforeCheck()
    {
        lock (_gate)
            return IsLive ? _cursor.Highest : null;
    }

    /// <summary>Compares with where Redis says that the stream stands. True when the room is to be put on the list of those to look at.</summary>
    public bool Check(StreamHead before, StreamHead head)
    {
        lock (_gate)
        {
            // Another epoch since the question was asked: the answer is of no use.
            if (!IsLive || before.Epoch != _cursor.Head.Epoch)
                return false;

            if (_cursor.DoubtBy(head, before) is { } reason)
                StartReading(reason);
        }

        return Expect(head.Position);
    }

    /// <summary>Gives up the doubts about the subscription, since it is being made again.</summary>
    public void Trust() => Volatile.Write(ref _silentRepairs, 0);

    /// <summary>Ends it: no call to the sink begins from here on.</summary>
    public void Close()
    {
        lock (_gate)
            (_closed, _catchUp) = (true, null);
    }

    /// <summary>What the reader has to do next; null when nothing is left to do.</summary>
    public ReadStep? NextStep()
    {
        lock (_gate)
            return _catchUp?.NextStep();
    }

    /// <inheritdoc cref="StreamCatchUp.Take"/>
    public ReadVerdict Take(StreamPage page, ReadStep step)
    {
        lock (_gate)
        {
            if (_catchUp is not { } catchUp)
                return ReadVerdict.Done;

            var verdict = catchUp.Take(page, step);
            if (verdict.Progress != ReadProgress.Resync && catchUp.Reason == ReadReason.Tail && page.Messages.Count > 0)
                Volatile.Write(ref _silentRepairs, _silentRepairs + 1);
            return Conclude(verdict);
        }
    }

    /// <inheritdoc cref="StreamCatchUp.Resync"/>
    public ReadVerdict Resync(StreamPage page, ReadStep step, string why)
    {
        lock (_gate)
            return _catchUp is { } catchUp ? Conclude(catchUp.Resync(page, step, why)) : ReadVerdict.Done;
    }

    private void HearMessage(in StreamMessage message)
    {
        lock (_gate)
        {
            if (_closed)
                return;

            Trust();
            var epoch = _cursor.EpochOf(message);
            var agrees = _known.Raise(new StreamHead(epoch, message.Offset, message.Mark));
            var forks = !agrees && epoch == _cursor.Head.Epoch;
            if (_catchUp is not null)
            {
                if (!agrees)
                    _catchUp.ReadAgain();
                LetWait(message, _catchUp, forks);
                return;
            }

            switch (forks ? Placement.Fork : _cursor.Place(message))
            {
                case Placement.Next:
                    if (_marks.Age(message.Mark) is { } age)
                        _metrics.Delivered(age);
                    _cursor.Deliver(message);
                    break;
                case Placement.Repeat:
                    _metrics.Repeated();
                    break;
                case var placement:
                    LetWait(message, StartReading(ReadReason.Of(placement)), placement == Placement.Fork);
                    break;
            }
        }
    }

    private void HearSignal(RoomSignal signal)
    {
        lock (_gate)
        {
            if (_hasBegun && !_closed)
                _sink.Signal(signal);
        }
    }

    private static void LetWait(in StreamMessage message, StreamCatchUp catchUp, bool forks)
    {
        catchUp.Wait(message);
        if (forks)
            catchUp.Break();
    }

    private void Read(string reason)
    {
        lock (_gate)
        {
            if (IsLive)
                StartReading(reason);
            else
                _catchUp?.ReadAgain();
        }
    }

    private StreamCatchUp StartReading(string reason) => StartReading(_catchUp = NewCatchUp(reason));

    private StreamCatchUp StartReading(StreamCatchUp catchUp)
    {
        _metrics.RepairBegan(catchUp.Reason);
        _repair.Start(this, catchUp.Reason, _cursor.Head.Offset);
        return catchUp;
    }

    private StreamCatchUp NewCatchUp(string reason) => new(reason, _cursor, _known, _metrics);

    private ReadVerdict Conclude(ReadVerdict verdict)
    {
        if (verdict.Progress == ReadProgress.Done)
            _catchUp = null;
        return verdict;
    }
}
