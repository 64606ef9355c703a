namespace AspireChat.ChatServer.Presence;

/// <summary>Who is in which room, over all instances (mode local: on this one).</summary>
/// <remarks>Thread-safe. A user who joins first or leaves last is announced to the room by a signal; trouble with Redis delays, and reconciliation mends.</remarks>
internal interface IRoomPresence
{
    /// <summary>One more connection of the user on this instance is in the room.</summary>
    ValueTask JoinedAsync(string room, string name, CancellationToken cancellationToken);

    /// <summary>One connection less.</summary>
    ValueTask LeftAsync(string room, string name, CancellationToken cancellationToken);

    /// <summary>The room's users now: at most 100 of them by name, and how many there are.</summary>
    ValueTask<RoomMembers> ReadAsync(string room, CancellationToken cancellationToken);
}

/// <param name="Name">The user's name.</param>
/// <param name="Connections">How many connections of the user are in the room, over all instances.</param>
internal readonly record struct RoomMember(string Name, int Connections);

/// <param name="Members">At most 100, ordered by name.</param>
/// <param name="Count">All of them.</param>
internal sealed record RoomMembers(IReadOnlyList<RoomMember> Members, int Count)
{
    public static RoomMembers None { get; } = new([], 0);
}
