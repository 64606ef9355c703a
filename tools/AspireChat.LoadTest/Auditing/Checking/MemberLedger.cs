using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>One client in one room: whether what it got goes on without gap or repeat, or is announced not to.</summary>
internal sealed class MemberLedger(int client, RoomLedger room, SendLedger sends, FaultTimes faults, Findings findings)
{
    private const int MissingKept = 10_000;

    /// <summary>Offsets that were jumped over. They may yet come, too late; what has not come by the end was lost.</summary>
    private readonly HashSet<long> _missing = [];

    private readonly RecentMessages _recent = new();

    private StreamPosition? _cursor;
    private StreamPosition? _asked;
    private long? _awaySince;

    public bool IsJoined { get; private set; }

    /// <summary>Whether it is in the room, in a mode that has no stream.</summary>
    public bool IsWithoutStream => IsJoined && _cursor is null;

    /// <summary>Resumes that brought all that was missed.</summary>
    public long Recovered { get; private set; }

    /// <summary>Resumes that the server said it could not serve: announced loss.</summary>
    public long NotRecovered { get; private set; }

    /// <summary>Announced loss on a living connection.</summary>
    public long Resyncs { get; private set; }

    /// <summary>Announced losses, of either kind, while no fault lasted that may cost messages.</summary>
    public long Unexcused { get; private set; }

    /// <summary>From losing the connection to having joined again.</summary>
    public Histogram Absences { get; } = new();

    private string Name => $"client {client}";

    public void Ask(JoinSent join) => _asked = join.Since;

    public void Join(JoinAnswered joined)
    {
        IsJoined = true;
        if (_awaySince is { } since)
            Absences.Add(joined.At - since);

        _awaySince = null;
        if (joined.Recovered && _asked is { } asked)
            Resume(asked, joined);
        else
            Begin(joined);

        _asked = null;
    }

    public void Leave(long at)
    {
        if (IsJoined)
            _awaySince = at;

        IsJoined = false;
    }

    /// <summary>The mode was switched to one that has no stream.</summary>
    public void LeaveStream()
    {
        CloseGaps();
        _cursor = null;
    }

    public void Resync(ResyncSeen resync)
    {
        Resyncs++;
        Announce();
        MoveTo(resync.Position, resync.Messages, "resync");
    }

    public void Take(SeenMessage message, long? liveAt)
    {
        if (_cursor is not { } cursor || message.Offset is not { } offset)
        {
            TakeUnplaced(message, liveAt);
            return;
        }

        var position = cursor with { Offset = offset };
        Tell(position, message, liveAt);
        if (offset > cursor.Offset)
        {
            Miss(cursor.Offset + 1, offset - 1);
            _cursor = position;
        }
        else if (_missing.Remove(offset))
        {
            findings.Add(ViolationKind.Reordered, $"In room '{room.Room}' {Name} got {message} at {position} after {cursor.Offset}.");
        }
        else
        {
            findings.Add(ViolationKind.Repeated, $"In room '{room.Room}' {Name} got {message} at {position} again, after {cursor.Offset}.");
        }
    }

    /// <summary>The run is over, and nothing is still on its way.</summary>
    public void Close()
    {
        if (!IsJoined)
        {
            findings.Add(ViolationKind.NotResumed, $"At the end {Name} was not back in room '{room.Room}'.");
        }
        else if (_cursor is { } cursor && room.Latest is { } latest)
        {
            if (cursor.Epoch != latest.Epoch)
                findings.Add(ViolationKind.SilentEpochChange, $"At the end {Name} still held epoch '{cursor.Epoch}' of room '{room.Room}', which had gone on in '{latest.Epoch}'; nothing had told it.");
            else
                Miss(cursor.Offset + 1, latest.Top);
        }

        CloseGaps();
    }

    private void Begin(JoinAnswered joined)
    {
        if (_asked is not null && joined.Position is not null)
        {
            NotRecovered++;
            Announce();
        }

        MoveTo(joined.Position, joined.Messages, "join");
    }

    private void Announce() => Unexcused += faults.MayLose ? 0 : 1;

    private void Resume(StreamPosition asked, JoinAnswered joined)
    {
        Recovered++;
        if (joined.Position is not { } position || position.Epoch != asked.Epoch)
        {
            findings.Add(ViolationKind.SilentEpochChange, $"In room '{room.Room}' {Name} asked to resume after {asked}, and was told that it recovered, at {joined.Position}.");
            MoveTo(joined.Position, joined.Messages, "resume");
            return;
        }

        _cursor ??= asked;
        foreach (var message in joined.Messages)
            Take(message, liveAt: null);

        if (_cursor is { } cursor && cursor.Offset != position.Offset)
            findings.Add(ViolationKind.FalseJoin, $"In room '{room.Room}' {Name} resumed after {asked}: the answer says that it brings it to {position.Offset}, and brought it to {cursor.Offset}.");
    }

    /// <summary>Goes on at another place, as announced. The messages must lead up to it without a gap of their own.</summary>
    private void MoveTo(StreamPosition? position, IReadOnlyList<SeenMessage> messages, string what)
    {
        CloseGaps();
        _cursor = position;
        if (position is not { } at)
        {
            foreach (var message in messages)
                sends.See(room.Room, message, null, Name, liveAt: null);

            return;
        }

        _ = room[at.Epoch]; // The epoch shows, even before its first message.
        var expected = at.Offset - messages.Count + 1;
        foreach (var message in messages)
        {
            if (message.Offset != expected++)
                findings.Add(ViolationKind.FalseJoin, $"In room '{room.Room}' {Name} got a {what} at {at} whose messages do not lead up to it: {message.Offset} where {expected - 1} belongs.");

            if (message.Offset is { } offset)
                Tell(at with { Offset = offset }, message, liveAt: null);
        }
    }

    private void Tell(StreamPosition position, SeenMessage message, long? liveAt)
    {
        room[position.Epoch].Tell(position.Offset, message, Name);
        sends.See(room.Room, message, position, Name, liveAt);
    }

    private void TakeUnplaced(SeenMessage message, long? liveAt)
    {
        if (_cursor is not null)
            findings.Add(ViolationKind.BrokenFrame, $"In room '{room.Room}' {Name} got {message} without an offset, though the room has a stream.");

        // A message that was sent twice may come twice where nothing keeps places; one that was sent once may not.
        if (!_recent.Add(message) && !sends.IsRepeated(message))
            findings.Add(ViolationKind.Repeated, $"In room '{room.Room}' {Name} got {message} twice, though it was sent once.");

        sends.See(room.Room, message, null, Name, liveAt);
    }

    private void Miss(long first, long last)
    {
        if (last - first >= MissingKept)
        {
            findings.Add(ViolationKind.Gap, $"In room '{room.Room}' {Name} jumped from offset {first - 1} to {last + 1} of epoch '{_cursor?.Epoch}'.");
            return;
        }

        for (var offset = first; offset <= last; offset++)
            _missing.Add(offset);
    }

    private void CloseGaps()
    {
        foreach (var offset in _missing.Order())
        {
            var epoch = _cursor!.Value.Epoch;
            if (room[epoch][offset] is { } message)
                findings.Add(ViolationKind.Lost, $"In room '{room.Room}' {Name} never got offset {offset} of epoch '{epoch}', {sends.Describe(message)}, and nothing told it.");
            else
                findings.Add(ViolationKind.Gap, $"In room '{room.Room}' {Name} never got offset {offset} of epoch '{epoch}', and nobody else has told of it.");
        }

        _missing.Clear();
    }
}
