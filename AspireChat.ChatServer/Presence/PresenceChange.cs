namespace AspireChat.ChatServer.Presence;

/// <summary>What became of a room's membership.</summary>
/// <param name="Members">How many users the room has now.</param>
/// <param name="Joined">Users who were not in the room before.</param>
/// <param name="Left">Users who are in it no more.</param>
/// <param name="NextLeaves">When the next of those without a connection will have left; null when there is none.</param>
internal sealed record PresenceChange(int Members, IReadOnlyList<string> Joined, IReadOnlyList<string> Left, TimeSpan? NextLeaves);
