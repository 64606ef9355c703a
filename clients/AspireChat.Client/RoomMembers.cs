namespace AspireChat.Client;

/// <summary>Who is in a room, over all instances.</summary>
/// <param name="Listed">At most 100 of them.</param>
/// <param name="Count">How many users there are.</param>
public sealed record RoomMembers(IReadOnlyList<RoomMember> Listed, int Count);

/// <summary>One user in a room.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Connections">How many connections of the user are in the room.</param>
public readonly record struct RoomMember(string Name, int Connections);
