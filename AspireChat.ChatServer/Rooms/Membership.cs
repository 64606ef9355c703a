using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Where a member stands towards the live fan-out of its room.</summary>
internal enum MembershipState : byte
{
    /// <summary>Its <c>joined</c> is not sent yet.</summary>
    Joining,

    /// <summary>It gets each message as it comes.</summary>
    Live,

    /// <summary>It is behind, and catches up by a cursor of its own.</summary>
    Replaying,

    /// <summary>It has taken messages on another instance that have not come here yet; it is live from the one after.</summary>
    Ahead,

    /// <summary>The room is between two backplanes; a <c>resync</c> will tell it where it stands.</summary>
    Waiting,

    /// <summary>It has left.</summary>
    Gone,
}

/// <summary>One connection in one room.</summary>
/// <remarks>What can be set is guarded by the room's lock.</remarks>
internal sealed class Membership(Room room, ChatConnection connection, string name, bool wantsPresence)
{
    public Room Room { get; } = room;

    public ChatConnection Connection { get; } = connection;

    public string Name { get; } = name;

    public bool WantsPresence { get; } = wantsPresence;

    public MembershipState State { get; set; }

    /// <summary>While it is live: the first frame that is for it, as <see cref="PendingFrames"/> counts them.</summary>
    public long LiveFrom { get; set; }

    /// <summary>Its place in the <see cref="Roster"/>.</summary>
    public int Index { get; set; }

    /// <summary>The place of the last message that it was sent; of use while it is not live.</summary>
    public StreamPosition Cursor { get; set; }
}
