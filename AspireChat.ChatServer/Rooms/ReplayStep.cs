using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>What a replaying member is sent next.</summary>
/// <param name="Frames">Missed messages, or a <c>resync</c>.</param>
/// <param name="To">Where the member stands after them.</param>
internal sealed record ReplayStep(ServerFrame[] Frames, StreamPosition To);

/// <summary>What became of a step.</summary>
internal enum ReplayProgress
{
    /// <summary>It was sent; there is more.</summary>
    Advanced,

    /// <summary>It cannot be sent yet: the room has not heard of the epoch that it is of.</summary>
    Blocked,

    /// <summary>The member is live, has left, or was resynced meanwhile.</summary>
    Over,
}
