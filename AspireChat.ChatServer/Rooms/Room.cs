using System.Diagnostics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Telemetry;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// What comes for a room from the backplane, and its fan-out to the room's members on this instance. How members come into that and out of it is
/// <see cref="Admission"/>'s.
/// </summary>
/// <remarks>
/// Thread-safe. One lock orders everything that a member is sent of the room: a message becomes pending for the live members under it, and a member
/// becomes live under it, right behind the last message that it was sent. So there is never a gap, a repeat or another order. Nothing waits under the
/// lock. What is pending goes out in turns of the room's <see cref="FanOutLane"/>, under a lock of its own, which is taken first.
/// </remarks>
internal sealed class Room : IRoomSink
{
    private readonly Lock _fanningOut = new();
    private readonly Lock _gate = new();
    private readonly Roster _roster = new();
    private readonly RoomTail _tail = new();
    private readonly RoomNotices _notices;
    private readonly FanOutLane _lane;
    private readonly ChatTelemetry _telemetry;

    public Room(string name, Replayer replayer, FanOutLane lane, ChatTelemetry telemetry)
    {
        (Name, _lane, _telemetry) = (name, lane, telemetry);
        Encoder = new MessageEncoder(name);
        _notices = new RoomNotices(name);
        Admission = new RoomAdmission(this, _gate, _roster, _tail, _notices, replayer, telemetry);
    }

    public string Name { get; }

    public MessageEncoder Encoder { get; }

    public RoomAdmission Admission { get; }

    public void Begin(StreamPosition? position)
    {
        lock (_gate)
        {
            _tail.Restart(position);
        }
    }

    public void Deliver(RoomMessage message)
    {
        var activity = _telemetry.Deliver(Name, message);
        var frame = Encoder.Encode(message);
        int receivers;
        bool isFirst;
        lock (_gate)
        {
            if (_tail.Epoch is not null)
            {
                Debug.Assert(message.Offset == _tail.Top + 1, "The backplane must deliver without gap or repeat.");
                _tail.Add(frame);
            }

            receivers = _roster.Live.Length;
            activity?.SetTag(TelemetryNames.Receivers, receivers);
            isFirst = _roster.AddPending(frame, activity);
            if (_roster.HasApart)
            {
                Admission.AdmitThoseReached();
            }
        }

        _telemetry.Delivered(receivers);
        if (isFirst)
        {
            _lane.Add(this);
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
            _tail.Restart(position, messages);

            // Also ends every replay and wait: what they were after counts no more.
            _roster.PlaceAll(MembershipState.Live);
            told = _roster.Live.Length;
            isFirst = _roster.AddPending(frame, activity: null);
        }

        _telemetry.Resynced(told);
        if (isFirst)
        {
            _lane.Add(this);
        }
    }

    public void Signal(RoomSignal signal)
    {
        lock (_gate)
        {
            _notices.Take(signal, _roster);
        }
    }

    /// <summary>
    /// The room is about to change its backplane, and has left the former. For a stream, members have to wait for a place in it, until
    /// <see cref="RoomAdmission.Resume"/>; without one, they just go on.
    /// </summary>
    public void Suspend(BackplaneMode next)
    {
        // Not in the midst of a turn of the lane, whose members have to be live until they were given what they are in it for.
        lock (_fanningOut)
        {
            lock (_gate)
            {
                // What came by the former backplane is still for those that were live then.
                _roster.SendPending();
                _roster.PlaceAll(next == BackplaneMode.Stream ? MembershipState.Waiting : MembershipState.Live);
            }
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
}
