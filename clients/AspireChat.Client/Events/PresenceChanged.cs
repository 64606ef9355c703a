namespace AspireChat.Client;

/// <summary>A user's first connection joined the room, or the last one left.</summary>
/// <param name="Change">What changed.</param>
/// <param name="Name">The user; null with <see cref="PresenceChange.Count"/>.</param>
/// <param name="Members">How many users the room has now.</param>
public sealed record PresenceChanged(PresenceChange Change, string? Name, int Members) : RoomEvent;

/// <summary>A change of who is in a room.</summary>
public enum PresenceChange
{
    /// <summary>A user came.</summary>
    Joined,

    /// <summary>A user left.</summary>
    Left,

    /// <summary>A room of more than 100 members tells their number only, at most once a second.</summary>
    Count,
}
