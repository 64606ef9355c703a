using System.Diagnostics;
using System.Runtime.InteropServices;
using AspireChat.ChatServer.Connections.Writing;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// Frames of one room and the members that they are for, on their way to the sockets, behind those of other rooms. A room's frames are joined once for
/// all its members: a write costs microseconds, whatever its length.
/// </summary>
/// <remarks>One user at a time; made once and filled again and again, so that a fan-out allocates what it sends and nothing else.</remarks>
internal sealed class FanOutBatch(SocketRing? ring) : IDisposable
{
    /// <summary>The most that is joined.</summary>
    private const int MaxJoinedBytes = 64 * 1024;

    private readonly WriteBatch _writes = new(ring);
    private readonly List<byte[]> _joined = [];

    /// <summary>The number of the first frame; see <see cref="PendingFrames.Next"/>.</summary>
    public long First { get; set; }

    public List<ServerFrame> Frames { get; } = [];

    /// <summary>The spans of these frames' fan-out.</summary>
    public List<Activity> Activities { get; } = [];

    public List<Membership> Members { get; } = [];

    /// <summary>Gives each member its frames, in the order of these calls; what can be written at once is written by <see cref="Flush"/>.</summary>
    public void Send()
    {
        Join(CollectionsMarshal.AsSpan(Frames));
        foreach (var member in CollectionsMarshal.AsSpan(Members))
        {
            if (member.LiveFrom <= First)
            {
                foreach (var frames in CollectionsMarshal.AsSpan(_joined))
                {
                    Send(frames, member);
                }
            }
            else
            {
                SendRest(member);
            }
        }

        Frames.Clear();
        Members.Clear();
        _joined.Clear();
    }

    /// <summary>Writes what was not written yet, and empties the batch.</summary>
    public void Flush()
    {
        _writes.Flush();
        foreach (var activity in Activities)
        {
            activity.Dispose();
        }

        Activities.Clear();
    }

    public void Dispose() => _writes.Dispose();

    /// <summary>A member that became live in the midst of these frames has had the others with its <c>joined</c>.</summary>
    private void SendRest(Membership member)
    {
        for (var i = (int)(member.LiveFrom - First); i < Frames.Count; i++)
        {
            Send(Frames[i].Bytes, member);
        }
    }

    private void Send(byte[] frames, Membership member)
    {
        if (!member.Connection.TryClaim(frames, member))
        {
            return;
        }

        _writes.Add(member.Connection.Outbound, frames);
        if (_writes.IsFull)
        {
            _writes.Flush();
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
}
