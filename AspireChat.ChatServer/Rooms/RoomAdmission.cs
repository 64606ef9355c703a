using System.Diagnostics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Telemetry;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// Brings members into the live fan-out of their room, each from where it stands in the stream: at once where the room's tail has what it lacks, else by a
/// replay or a wait; and takes them out of it.
/// </summary>
/// <remarks>
/// Thread-safe. It works under the room's lock, which orders it with the messages that come. A member becomes live right behind the last message that it
/// was sent, so there is never a gap, a repeat or another order, whatever the way. Nothing waits under the lock.
/// </remarks>
/// <param name="room">The room.</param>
/// <param name="gate">The room's lock, which guards what follows.</param>
/// <param name="roster">The members.</param>
/// <param name="tail">The last messages.</param>
/// <param name="notices">The hints to members.</param>
/// <param name="replayer">For members that are too far behind for the tail.</param>
/// <param name="telemetry">Counts what is told.</param>
internal sealed class RoomAdmission(
    Room room,
    Lock gate,
    Roster roster,
    RoomTail tail,
    RoomNotices notices,
    Replayer replayer,
    ChatTelemetry telemetry)
{
    /// <summary>Whether members wait for a place in the stream.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (gate)
            {
                return roster.HasApart;
            }
        }
    }

    /// <summary>Whether the tail holds as much recent history as is wanted, or all there is.</summary>
    public bool HoldsRecent(int history)
    {
        lock (gate)
        {
            return tail.HoldsRecent(history);
        }
    }

    /// <summary>Finds what a member missed in the tail, if all of it is there.</summary>
    public JoinStart? FindInTail(ResumePoint since)
    {
        lock (gate)
        {
            if (since.Position.Epoch != tail.Epoch || !tail.Covers(since.Position.Offset))
            {
                return null;
            }

            if (since.Id is not null && (tail.At(since.Position.Offset) is not { } own || !MessageBody.IsOf(room.Encoder.BodyOf(own), since.Id, since.Name!)))
            {
                return null;
            }

            var messages = MessageBounds.Oldest(tail.After(since.Position.Offset));
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
        lock (gate)
        {
            if (!whateverIsHere && !tail.HoldsRecent(history))
            {
                return null;
            }

            notices.Members = members.Count;
            var messages = tail.Epoch is null ? [] : MessageBounds.Newest(tail.Last(history));
            roster.Place(member, MembershipState.Live);
            return member.Connection.Outbound.EnqueueUncounted(ServerFrames.Joined(room.Name, tail.Position, recovered: false, messages, members));
        }
    }

    /// <summary>Begins at a place in the stream, and goes on from there without a gap.</summary>
    /// <returns>Completes when what is at hand is written; null when the room is in another epoch by now.</returns>
    public Task? Attach(Membership member, JoinStart start, RoomMembers members)
    {
        var joined = ServerFrames.Joined(room.Name, start.Position, start.Recovered, start.Messages, members);
        lock (gate)
        {
            if (tail.Epoch != start.Position.Epoch)
            {
                return null;
            }

            notices.Members = members.Count;
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
        lock (gate)
        {
            written = Task.CompletedTask;
            if (member.State != MembershipState.Replaying || member.Cursor != from)
            {
                return ReplayProgress.Over;
            }

            if (tail.Epoch != step.To.Epoch)
            {
                return ReplayProgress.Blocked;
            }

            ReadOnlySpan<ServerFrame> rest = PlaceAt(member, step.To);
            written = member.Connection.Outbound.EnqueueUncounted([.. step.Frames, .. rest]);
            return member.State == MembershipState.Replaying ? ReplayProgress.Advanced : ReplayProgress.Over;
        }
    }

    /// <summary>After <see cref="Room.Suspend"/>: gives the members that wait a place in the stream, and tells them.</summary>
    /// <param name="start">The place; null for where the room stands.</param>
    public void Resume(JoinStart? start)
    {
        lock (gate)
        {
            if (tail.Position is not { } top)
            {
                return;
            }

            var (position, messages) = start is { } read && read.Position.Epoch == top.Epoch ? (read.Position, read.Messages) : (top, []);
            var resync = ServerFrames.Resync(room.Name, position, messages);
            foreach (var member in roster.Apart.ToArray())
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

    /// <summary>Makes those live that were ahead of this instance and whom it has caught up with. The caller holds the room's lock.</summary>
    public void AdmitThoseReached()
    {
        Debug.Assert(gate.IsHeldByCurrentThread);
        for (var i = roster.Apart.Length - 1; i >= 0; i--)
        {
            var member = roster.Apart[i];
            if (member.State == MembershipState.Ahead && member.Cursor.Offset == tail.Top)
            {
                roster.Place(member, MembershipState.Live);
            }
        }
    }

    /// <summary>Takes a member out; no frame of the room is sent to it afterwards.</summary>
    public void Remove(Membership member)
    {
        lock (gate)
        {
            roster.Remove(member);
        }
    }

    /// <summary>Places a member that has been sent everything up to a position.</summary>
    /// <returns>What it has to be sent first, when that makes it live.</returns>
    private ServerFrame[] PlaceAt(Membership member, StreamPosition position)
    {
        member.Cursor = position;
        if (position.Offset > tail.Top)
        {
            roster.Place(member, MembershipState.Ahead);
            return [];
        }

        if (tail.Covers(position.Offset))
        {
            roster.Place(member, MembershipState.Live);
            return tail.After(position.Offset);
        }

        var replays = member.State == MembershipState.Replaying;
        roster.Place(member, MembershipState.Replaying);
        if (!replays)
        {
            replayer.Start(member, position);
        }

        return [];
    }
}
