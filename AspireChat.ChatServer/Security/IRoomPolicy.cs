using AspireChat.ChatServer.Security.Identity;

namespace AspireChat.ChatServer.Security;

/// <summary>What a user wants to do in a room.</summary>
internal enum RoomAction
{
    Join,
    Send,
}

/// <summary>
/// Decides who may do what in which room. Asked at each join and each send, so that what was allowed can be taken back at any time; must answer soon, and
/// keep what it has to ask elsewhere for a while. Register another to have other rules.
/// </summary>
internal interface IRoomPolicy
{
    /// <param name="identity">Who; null where authentication is off.</param>
    /// <param name="room">The room's name.</param>
    /// <param name="action">What.</param>
    ValueTask<bool> AllowsAsync(ConnectionIdentity? identity, string room, RoomAction action);
}
