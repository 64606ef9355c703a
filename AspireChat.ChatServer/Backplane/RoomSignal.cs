namespace AspireChat.ChatServer.Backplane;

internal enum RoomSignalKind : byte
{
    /// <summary>A user is typing.</summary>
    Typing,

    /// <summary>A user's first connection joined.</summary>
    Joined,

    /// <summary>A user's last connection left.</summary>
    Left,
}

/// <summary>A hint to a room's members on every instance: at most once, never stored, no place in the stream.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Name">The user it happened to.</param>
/// <param name="Members">How many users the room has after it; 0 where it does not matter.</param>
internal readonly record struct RoomSignal(RoomSignalKind Kind, string Name, int Members);
