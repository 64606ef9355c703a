using System.Diagnostics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Telemetry;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>A room's members on this instance, and what comes for them from the backplane.</summary>
/// <remarks>
/// One lock orders everything that a member is sent of the room: a message becomes pending for the live members under it, and a member becomes live under
/// it, right behind the last message that it was sent. So there is never a gap, a repeat or another order. Nothing waits under the lock. What is pending
/// goes out in turns of the room's <see cref="FanOutLane"/>, under a lock of its own, which is taken first.
/// </remarks>
internal sealed class Room(string name, Replayer replayer, FanOutLane lane, ChatTelemetry telemetry) : IRoomSink
{
    private readonly Lock _fanningOut = new();
    private readonly Lock _gate = new();
    private readonly Roster _roster = new();
    private readonly RoomTail _tail = new();
    private readonly RoomNotices _notices = new(name);

    /// <summary>Null in the modes that have no stream.</summary>
    private string? _epoch;

    public string Name { get; } = name;

    public MessageEncoder Encoder { get; } = new(name);

    public void Begin(StreamPosition? position)
    {
        lock (_gate)
        {
            _epoch = position?.Epoch;
            _tail.Restart(position?.Offset ?? 0);
        }
    }

    public void Deliver(RoomMessage message)
    {
        var activity = telemetry.Deliver(Name, message);
        var frame = Encoder.Encode(message);
        int receivers;
        bool isFirst;
        lock (_gate)
        {
            if (_epoch is not null)
            {
                Debug.Assert(message.Offset == _tail.Top + 1, "The backplane must deliver without gap or repeat.");
                _tail.Add(frame);
            }

            receivers = _roster.Live.Length;
            activity?.SetTag(TelemetryNames.Receivers, receivers);
            isFirst = _roster.AddPending(frame, activity);
            if (_roster.HasApart)
            {
                AdmitThoseReached();
            }
        }

        telemetry.Delivered(receivers);
        if (isFirst)
        {
            lane.Add(this);
        }
    }

    /// <summary>Gives the live members what is pending; for the room's lane.</summary>
    /// <param name="batch">The lane's; to be flushed soon.</param>
    public void FanOut(FanOutBatch batch)
    {
        lock (_fanningOut)
        {
            lock (_gate)
            {
                _roster.MovePendingTo(batch);
            }

            batch.Send();
        }
    }

    public void Resync(StreamPosition position, IReadOnlyList<RoomMessage> recent)
    {
        var messages = MessageBounds.Newest(Encoder.Encode(recent));
        var frame = ServerFrames.Resync(Name, position, messages);
        int told;
        bool isFirst;
        lock (_gate)
        {
            _epoch = position.Epoch;
            _tail.Restart(position.Offset, messages);

            // Also ends every replay and wait: what they were after counts no more.
            _roster.PlaceAll(MembershipState.Live);
            told = _roster.Live.Length;
            isFirst = _roster.AddPending(frame, activity: null);
        }

        telemetry.Resynced(told);
        if (isFirst)
        {
            lane.Add(this);
        }
    }

    public void Signal(RoomSignal signal)
    {
        lock (_gate)
        {
            _notices.Take(signal, _roster);
        }
    }

    /// <summary>Closes the connections of the members with this name.</summary>
    public void CloseMembers(string user, CloseReason reason)
    {
        lock (_gate)
        {
            _roster.Close(user, reason);
        }
    }

    /// <summary>Called once a second: sends what has gathered of comings and goings.</summary>
    public void SendGathered()
    {
        lock (_gate)
        {
            _notices.SendGathered(_roster);
        }
    }

    /// <summary>Called now and then: forgets old messages; see <see cref="RoomTail.Age"/>.</summary>
    public void Age()
    {
        lock (_gate)
        {
            _tail.Age();
        }
    }

    /// <summary>Whether a user's typing is to be passed on: not too often, and not in a big room.</summary>
    public bool TryTakeTyping(string user, TimeProvider time)
    {
        lock (_gate)
        {
            return _notices.TryTakeTyping(user, time);
        }
    }

    /// <summary>Whether the tail holds as much recent history as is wanted, or all there is.</summary>
    public bool HoldsRecent(int history)
    {
        lock (_gate)
        {
            return HoldsRecentCore(history);
        }
    }

    /// <summary>Finds what a member missed in the tail, if all of it is there.</summary>
    public JoinStart? FindInTail(ResumePoint since)
    {
        lock (_gate)
        {
            if (since.Position.Epoch != _epoch || !_tail.Covers(since.Position.Offset))
            {
                return null;
            }

            if (since.Id is not null && (_tail.At(since.Position.Offset) is not { } own || !MessageBody.IsOf(Encoder.BodyOf(own), since.Id, since.Name!)))
            {
                return null;
            }

            var messages = MessageBounds.Oldest(_tail.After(since.Position.Offset));
            return new JoinStart(since.Position with { Offset = since.Position.Offset + messages.Length }, messages, Recovered: true);
        }
    }

    /// <summary>Begins where the room stands: the recent history comes from the tail, when that holds as much as is wanted.</summary>
    /// <param name="member">The member.</param>
    /// <param name="history">How many recent messages it wants.</param>
    /// <param name="members">Who is in the room, for its <c>joined</c>.</param>
    /// <param name="whateverIsHere">Be content with less history than wanted.</param>
    /// <returns>Completes when it is written; null when history has to be read first.</returns>
    public Task? AttachAtTop(Membership member, int history, RoomMembers members, bool whateverIsHere)
    {
        lock (_gate)
        {
            if (!whateverIsHere && !HoldsRecentCore(history))
            {
                return null;
            }

            _notices.Members = members.Count;
            var messages = _epoch is null ? [] : MessageBounds.Newest(_tail.Last(history));
            _roster.Place(member, MembershipState.Live);
            return member.Connection.Outbound.EnqueueUncounted(ServerFrames.Joined(Name, Position, recovered: false, messages, members));
        }
    }

    /// <summary>Begins at a place in the stream, and goes on from there without a gap.</summary>
    /// <returns>Completes when what is at hand is written; null when the room is in another epoch by now.</returns>
    public Task? Attach(Membership member, JoinStart start, RoomMembers members)
    {
        var joined = ServerFrames.Joined(Name, start.Position, start.Recovered, start.Messages, members);
        lock (_gate)
        {
            if (_epoch != start.Position.Epoch)
            {
                return null;
            }

            _notices.Members = members.Count;
            ReadOnlySpan<ServerFrame> rest = PlaceAt(member, start.Position);
            return member.Connection.Outbound.EnqueueUncounted([joined, .. rest]);
        }
    }

    /// <summary>Sends a replaying member the next step, and makes it live when that brings it near enough to the top.</summary>
    /// <param name="member">The member.</param>
    /// <param name="from">Where it stood when the step was read.</param>
    /// <param name="step">The step.</param>
    /// <param name="written">Completes when the step is written.</param>
    public ReplayProgress Advance(Membership member, StreamPosition from, ReplayStep step, out Task written)
    {
        lock (_gate)
        {
            written = Task.CompletedTask;
            if (member.State != MembershipState.Replaying || member.Cursor != from)
            {
                return ReplayProgress.Over;
            }

            if (_epoch != step.To.Epoch)
            {
                return ReplayProgress.Blocked;
            }

            ReadOnlySpan<ServerFrame> rest = PlaceAt(member, step.To);
            written = member.Connection.Outbound.EnqueueUncounted([.. step.Frames, .. rest]);
            return member.State == MembershipState.Replaying ? ReplayProgress.Advanced : ReplayProgress.Over;
        }
    }

    /// <summary>Takes a member out; no frame of the room is sent to it afterwards.</summary>
    public void Remove(Membership member)
    {
        lock (_gate)
        {
            _roster.Remove(member);
        }
    }

    /// <summary>The room is about to change its backplane. For a stream, members have to wait for a place in it; without one, they just go on.</summary>
    public void Suspend(BackplaneMode next)
    {
        lock (_fanningOut)
        {
            // What came by the former backplane is still for those that were live then.
            using var batch = new FanOutBatch(ring: null);
            lock (_gate)
            {
                _roster.MovePendingTo(batch);
            }

            batch.Send();
            batch.Flush();
            lock (_gate)
            {
                _roster.PlaceAll(next == BackplaneMode.Stream ? MembershipState.Waiting : MembershipState.Live);
            }
        }
    }

    /// <summary>Whether members wait for a place in the stream.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_gate)
            {
                return _roster.HasApart;
            }
        }
    }

    /// <summary>Gives the members that wait a place in the stream, and tells them.</summary>
    /// <param name="start">The place; null for where the room stands.</param>
    public void Resume(JoinStart? start)
    {
        lock (_gate)
        {
            if (Position is not { } top)
            {
                return;
            }

            var (position, messages) = start is { } read && read.Position.Epoch == _epoch ? (read.Position, read.Messages) : (top, []);
            var resync = ServerFrames.Resync(Name, position, messages);
            foreach (var member in _roster.Apart.ToArray())
            {
                ReadOnlySpan<ServerFrame> rest = PlaceAt(member, position);
                foreach (var frame in (ReadOnlySpan<ServerFrame>)[resync, .. rest])
                {
                    member.Connection.Send(frame);
                }

                telemetry.Resynced(1);
            }
        }
    }

    private bool HoldsRecentCore(int history) => _epoch is null || _tail.Count >= history || _tail.First == 1;

    private StreamPosition? Position => _epoch is null ? null : new StreamPosition(_epoch, _tail.Top);

    /// <summary>Places a member that has been sent everything up to a position.</summary>
    /// <returns>What it has to be sent first, when that makes it live.</returns>
    private ServerFrame[] PlaceAt(Membership member, StreamPosition position)
    {
        member.Cursor = position;
        if (position.Offset > _tail.Top)
        {
            _roster.Place(member, MembershipState.Ahead);
            return [];
        }

        if (_tail.Covers(position.Offset))
        {
            _roster.Place(member, MembershipState.Live);
            return _tail.After(position.Offset);
        }

        var replays = member.State == MembershipState.Replaying;
        _roster.Place(member, MembershipState.Replaying);
        if (!replays)
        {
            replayer.Start(member, position);
        }

        return [];
    }

    /// <summary>Members that were ahead of this instance become live once it has caught up with them.</summary>
    private void AdmitThoseReached()
    {
        for (var i = _roster.Apart.Length - 1; i >= 0; i--)
        {
            var member = _roster.Apart[i];
            if (member.State == MembershipState.Ahead && member.Cursor.Offset == _tail.Top)
            {
                _roster.Place(member, MembershipState.Live);
            }
        }
    }
}
