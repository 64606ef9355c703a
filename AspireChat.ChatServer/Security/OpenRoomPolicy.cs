using AspireChat.ChatServer.Security.Identity;

namespace AspireChat.ChatServer.Security;

/// <summary>Everybody may do everything everywhere.</summary>
internal sealed class OpenRoomPolicy : IRoomPolicy
{
    public ValueTask<bool> AllowsAsync(ConnectionIdentity? identity, string room, RoomAction action) => new(true);
}
