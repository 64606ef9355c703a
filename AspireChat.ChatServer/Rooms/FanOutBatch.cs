using System.Diagnostics;
using System.Runtime.InteropServices;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// Frames of one room and the members that they are for, on their way to the sockets. The frames are joined once for all members: a write costs
/// microseconds, whatever its length.
/// </summary>
/// <remarks>One user at a time; made once and filled again and again, so that a fan-out allocates what it sends and nothing else.</remarks>
internal sealed class FanOutBatch
{
    /// <summary>The most that is joined.</summary>
    private const int MaxJoinedBytes = 64 * 1024;

    private readonly List<byte[]> _joined = [];

    /// <summary>The number of the first frame; see <see cref="PendingFrames.Next"/>.</summary>
    public long First { get; set; }

    public List<ServerFrame> Frames { get; } = [];

    /// <summary>The spans of these frames' fan-out.</summary>
    public List<Activity> Activities { get; } = [];

    public List<Membership> Members { get; } = [];

    /// <summary>Gives each member its frames, and empties the batch.</summary>
    public void Send()
    {
        Join(CollectionsMarshal.AsSpan(Frames));
        foreach (var member in CollectionsMarshal.AsSpan(Members))
        {
            if (member.LiveFrom <= First)
            {
                foreach (var frames in CollectionsMarshal.AsSpan(_joined))
                {
                    member.Connection.FanOut(frames, member);
                }
            }
            else
            {
                SendRest(member);
            }
        }

        Clear();
    }

    /// <summary>A member that became live in the midst of these frames has had the others with its <c>joined</c>.</summary>
    private void SendRest(Membership member)
    {
        for (var i = (int)(member.LiveFrom - First); i < Frames.Count; i++)
        {
            member.Connection.FanOut(Frames[i].Bytes, member);
        }
    }

    private void Join(ReadOnlySpan<ServerFrame> frames)
    {
        while (!frames.IsEmpty)
        {
            var (count, bytes) = (1, frames[0].Length);
            while (count < frames.Length && bytes + frames[count].Length <= MaxJoinedBytes)
            {
                bytes += frames[count++].Length;
            }

            _joined.Add(count == 1 ? frames[0].Bytes : ServerFrame.Join(frames[..count], bytes));
            frames = frames[count..];
        }
    }

    private void Clear()
    {
        foreach (var activity in Activities)
        {
            activity.Dispose();
        }

        Activities.Clear();
        Frames.Clear();
        Members.Clear();
        _joined.Clear();
    }
}
