using System.Diagnostics;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>What a room has for its live members and has not given to them yet, in order.</summary>
/// <remarks>Guarded by the room's lock.</remarks>
internal sealed class PendingFrames
{
    private readonly List<ServerFrame> _frames = [];
    private readonly List<Activity> _activities = [];
    private long _first;

    public bool IsEmpty => _frames.Count == 0;

    /// <summary>The number of the frame that is added next; they are counted from 0.</summary>
    public long Next => _first + _frames.Count;

    /// <param name="frame">The frame.</param>
    /// <param name="activity">The span of giving it to the members, if it has one; ended by whoever does that.</param>
    public void Add(ServerFrame frame, Activity? activity)
    {
        _frames.Add(frame);
        if (activity is not null)
        {
            _activities.Add(activity);
        }
    }

    /// <summary>Moves all of it into a batch.</summary>
    public void MoveTo(FanOutBatch batch)
    {
        batch.First = _first;
        batch.Frames.AddRange(_frames);
        batch.Activities.AddRange(_activities);
        Clear();
    }

    /// <summary>Sends each member those frames that are for it. For the rare time that there is no batch to move them into.</summary>
    public void SendTo(ReadOnlySpan<Membership> members)
    {
        foreach (var member in members)
        {
            for (var i = (int)Math.Max(member.LiveFrom - _first, 0); i < _frames.Count; i++)
            {
                member.Connection.Send(_frames[i]);
            }
        }

        foreach (var activity in _activities)
        {
            activity.Dispose();
        }

        Clear();
    }

    private void Clear()
    {
        _first = Next;
        _frames.Clear();
        _activities.Clear();
    }
}
