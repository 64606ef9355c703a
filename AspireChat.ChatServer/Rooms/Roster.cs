using System.Diagnostics;
using System.Runtime.InteropServices;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// The members of a room on this instance: those that are live, with what is pending for them, and those apart. In no order, quick to go through and to
/// change: each member knows its place, and the last one takes the place of one that goes.
/// </summary>
/// <remarks>Guarded by the room's lock.</remarks>
internal sealed class Roster
{
    private readonly List<Membership> _live = [];
    private readonly List<Membership> _apart = [];
    private readonly PendingFrames _pending = new();

    public bool HasApart => _apart.Count > 0;

    public ReadOnlySpan<Membership> Live => CollectionsMarshal.AsSpan(_live);

    public ReadOnlySpan<Membership> Apart => CollectionsMarshal.AsSpan(_apart);

    /// <summary>Puts a member where its state belongs, whether it was here before or not.</summary>
    public void Place(Membership member, MembershipState state)
    {
        // One that was live already still has to get what is pending; another has been sent that, or will not get it.
        var from = member.State == MembershipState.Live ? member.LiveFrom : _pending.Next;
        Remove(member);
        (member.State, member.LiveFrom) = (state, from);
        var list = ListOf(state);
        member.Index = list.Count;
        list.Add(member);
    }

    public void PlaceAll(MembershipState state)
    {
        foreach (var member in (Membership[])[.. _live, .. _apart])
        {
            Place(member, state);
        }
    }

    public void Remove(Membership member)
    {
        if (member.State is not (MembershipState.Joining or MembershipState.Gone))
        {
            var list = ListOf(member.State);
            var last = list[^1];
            list[member.Index] = last;
            last.Index = member.Index;
            list.RemoveAt(list.Count - 1);
        }

        member.State = MembershipState.Gone;
    }

    /// <summary>Keeps a frame for those that are live now, until they are given what is pending.</summary>
    /// <returns>Whether it is the first that is pending, so that the caller must see to it.</returns>
    public bool AddPending(ServerFrame frame, Activity? activity)
    {
        if (_live.Count == 0)
        {
            activity?.Dispose();
            return false;
        }

        var first = _pending.IsEmpty;
        _pending.Add(frame, activity);
        return first;
    }

    /// <summary>Moves what is pending into a batch, with the members that are live.</summary>
    public void MovePendingTo(FanOutBatch batch)
    {
        _pending.MoveTo(batch);
        batch.Members.AddRange(_live);
    }

    /// <summary>Sends what is pending to the members that are live, one by one and at once.</summary>
    public void SendPending() => _pending.SendTo(Live);

    public void SendToAll(ServerFrame frame, Func<Membership, bool> wants)
    {
        SendTo(Live, frame, wants);
        SendTo(Apart, frame, wants);
    }

    public void Close(string name, CloseReason reason)
    {
        Close(Live, name, reason);
        Close(Apart, name, reason);
    }

    private static void Close(ReadOnlySpan<Membership> members, string name, CloseReason reason)
    {
        foreach (var member in members)
        {
            if (member.Name == name)
            {
                member.Connection.Close(reason);
            }
        }
    }

    private static void SendTo(ReadOnlySpan<Membership> members, ServerFrame frame, Func<Membership, bool> wants)
    {
        foreach (var member in members)
        {
            if (wants(member))
            {
                member.Connection.Send(frame);
            }
        }
    }

    private List<Membership> ListOf(MembershipState state) => state == MembershipState.Live ? _live : _apart;
}
