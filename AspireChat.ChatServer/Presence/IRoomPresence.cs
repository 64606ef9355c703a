namespace AspireChat.ChatServer.Presence;

/// <summary>Who is in which room, over all instances (mode local: on this one).</summary>
/// <remarks>
/// Thread-safe, and never fails: a user who joins first or leaves last is announced to the room by a signal; trouble with Redis delays that, and
/// reconciliation mends it. A user who is back within 5 s, on any instance, has not left and is not announced. What is told of a connection counts
/// even where the wait for it is cancelled: whoever called <see cref="JoinedAsync"/> calls <see cref="LeftAsync"/> in the end.
/// </remarks>
internal interface IRoomPresence
{
    /// <summary>One more connection of the user on this instance is in the room. A read that begins after this includes the user.</summary>
    ValueTask JoinedAsync(string room, string name, CancellationToken cancellationToken);

    /// <summary>One connection less.</summary>
    ValueTask LeftAsync(string room, string name, CancellationToken cancellationToken);

    /// <summary>The room's users now: at most 100 of them by name, and how many there are. While Redis is away: those of this instance.</summary>
    ValueTask<RoomMembers> ReadAsync(string room, CancellationToken cancellationToken);
}

/// <param name="Name">The user's name.</param>
/// <param name="Connections">How many connections of the user are in the room, over all instances; 0: none, but he may be back in a moment.</param>
internal readonly record struct RoomMember(string Name, int Connections);

/// <param name="Members">At most <see cref="MaxNamed"/>, ordered by name.</param>
/// <param name="Count">All of them.</param>
internal sealed record RoomMembers(IReadOnlyList<RoomMember> Members, int Count)
{
    /// <summary>How many members are told by name; in a larger room, changes are told by count alone.</summary>
    public const int MaxNamed = 100;

    public static RoomMembers None { get; } = new([], 0);
}
