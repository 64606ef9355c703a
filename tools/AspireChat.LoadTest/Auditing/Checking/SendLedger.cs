using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>All sends: their outcomes, their places, and whether they came in time.</summary>
internal sealed class SendLedger(Findings findings, FaultTimes faults)
{
    /// <summary>More than are sent in the 10 minutes for which servers keep messages, at 1,500 a second.</summary>
    private const int Kept = 1_000_000;

    private readonly Dictionary<long, SendState> _sends = [];
    private readonly Queue<long> _order = new();
    private readonly long[] _outcomes = new long[Enum.GetValues<SendOutcome>().Length];

    public long AckLimit { get; set; } = 10_000_000;

    public Histogram AckTimes { get; } = new();

    public Histogram DeliveryTimes { get; } = new();

    public long Began { get; private set; }

    public long Repeats { get; private set; }

    public SortedDictionary<string, long> Refusals { get; } = [];

    /// <summary>In modes without a stream: deliveries that acknowledged messages should have had, and did not.</summary>
    public long Missed { get; private set; }

    /// <summary>In modes without a stream: deliveries that acknowledged messages should have had.</summary>
    public long Expected { get; private set; }

    /// <summary>In modes without a stream: deliveries of one message beyond those expected.</summary>
    public long Surplus { get; private set; }

    public long Count(SendOutcome outcome) => _outcomes[(int)outcome];

    /// <param name="began">The send.</param>
    /// <param name="expected">How many clients were in its room, where the mode has no stream; else 0.</param>
    public void Begin(SendBegan began, int expected)
    {
        Began++;
        _outcomes[(int)SendOutcome.Pending]++;
        _sends[began.Send] = new SendState(began) { Expected = expected };
        _order.Enqueue(began.Send);
        if (_order.Count > Kept && _sends.Remove(_order.Dequeue(), out var retired))
            Close(retired);
    }

    public void Repeat(long number)
    {
        Repeats++;
        if (_sends.TryGetValue(number, out var send))
            send.IsRepeated = true;
    }

    /// <returns>The send, for its place to be told to the stream's ledger; null when it is too old to be known.</returns>
    public SendState? Acknowledge(SendAcknowledged ack)
    {
        if (!_sends.TryGetValue(ack.Send, out var send))
            return null;

        if (send.Outcome != SendOutcome.Ok)
        {
            AckTimes.Add(ack.At - send.BeganAt);
            CheckInTime(send, ack.At, "acknowledged");
            Settle(send, SendOutcome.Ok);
        }

        if (ack.Position is { } position)
            Place(send, position, "its acknowledgement");

        return send;
    }

    public void Refuse(SendRefused refused)
    {
        Refusals[refused.Code] = Refusals.GetValueOrDefault(refused.Code) + 1;
        if (refused.Code is not ("unavailable" or "rate_limited") && _sends.TryGetValue(refused.Send, out var send) && send.Outcome == SendOutcome.Pending)
            Settle(send, SendOutcome.Failed);
    }

    public void Abandon(SendAbandoned abandoned)
    {
        if (!_sends.TryGetValue(abandoned.Send, out var send) || send.Outcome != SendOutcome.Pending)
            return;

        CheckInTime(send, abandoned.At, "given up");
        Settle(send, SendOutcome.Unknown);
    }

    /// <summary>A client saw a message.</summary>
    /// <param name="room">The room it came in.</param>
    /// <param name="message">The message.</param>
    /// <param name="position">Its place; null where there is no stream.</param>
    /// <param name="seer">Who saw it.</param>
    /// <param name="liveAt">When, if it came live; null for one from the history, which says nothing of how fast it was.</param>
    public void See(string room, SeenMessage message, StreamPosition? position, string seer, long? liveAt)
    {
        if (message.Send is not { } number || !_sends.TryGetValue(number, out var send))
        {
            findings.Add(ViolationKind.Phantom, $"In room '{room}' {seer} got {message}, which nobody sent.");
            return;
        }

        if (send.Room != room)
            findings.Add(ViolationKind.Phantom, $"In room '{room}' {seer} got {message}, which was sent to room '{send.Room}'.");

        if (send.Outcome == SendOutcome.Failed)
            findings.Add(ViolationKind.Phantom, $"In room '{room}' {seer} got {message}, which the server had refused.");

        if (send.Digest != message.Digest)
            findings.Add(ViolationKind.Altered, $"In room '{room}' {seer} got {message} with another name or text than was sent.");

        if (liveAt is { } at)
            DeliveryTimes.Add(at - send.BeganAt);

        if (position is { } place)
            Place(send, place, seer);
        else
            send.Delivered++;
    }

    /// <summary>Whether its sender has sent a message more than once.</summary>
    public bool IsRepeated(SeenMessage message) => message.Send is { } number && _sends.TryGetValue(number, out var send) && send.IsRepeated;

    /// <summary>A message with its outcome, in words.</summary>
    public string Describe(SeenMessage message) =>
        message.Send is { } number && _sends.TryGetValue(number, out var send) ? $"{message} ({Describe(send.Outcome)})" : $"{message}";

    /// <summary>The run is over.</summary>
    public void CloseAll(long at)
    {
        foreach (var send in _sends.Values)
        {
            if (send.Outcome == SendOutcome.Pending)
            {
                CheckInTime(send, at, "answered at all");
                Settle(send, SendOutcome.Unknown);
            }

            Close(send);
        }

        _sends.Clear();
    }

    private void Place(SendState send, StreamPosition position, string teller)
    {
        foreach (var known in new[] { send.Place, send.PlaceBefore })
        {
            if (known?.Epoch != position.Epoch)
                continue;

            if (known.Value.Offset != position.Offset)
                findings.Add(ViolationKind.StoredTwice, $"Send {send.Number} ({Describe(send.Outcome)}) in room '{send.Room}' is at {known}, and {teller} says at {position}.");

            return;
        }

        send.PlaceBefore = send.Place;
        send.Place = position;
    }

    private void CheckInTime(SendState send, long at, string what)
    {
        var took = faults.Unexcused(send.BeganAt, at);
        if (took > AckLimit)
            findings.Add(ViolationKind.LateAck, $"Send {send.Number} in room '{send.Room}' was {what} only {took / 1e6:0.0} s after it began or the last fault ended.");
    }

    private void Settle(SendState send, SendOutcome outcome)
    {
        _outcomes[(int)send.Outcome]--;
        _outcomes[(int)outcome]++;
        send.Outcome = outcome;
    }

    private void Close(SendState send)
    {
        if (send.Expected == 0)
            return;

        if (send.Outcome == SendOutcome.Ok)
        {
            Expected += send.Expected;
            Missed += Math.Max(0, send.Expected - send.Delivered);
        }

        Surplus += Math.Max(0, send.Delivered - send.Expected);
    }

    private static string Describe(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Ok => "acknowledged",
        SendOutcome.Failed => "refused",
        SendOutcome.Unknown => "its outcome unknown",
        _ => "not yet answered",
    };
}
