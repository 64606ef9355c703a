using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;

namespace AspireChat.ChatServer.Connections;

/// <summary>Ends connections that may be no more.</summary>
internal sealed class UserConnections(ConnectionDirectory connections, RoomDirectory rooms) : IUserConnections
{
    public void CloseAll(string name)
    {
        rooms.CloseMembers(name, CloseReason.Unauthorized);
        foreach (var connection in connections.All)
        {
            if (connection.Identity?.Name == name)
                connection.Close(CloseReason.Unauthorized);
        }
    }

    public void CloseExpired(DateTimeOffset now)
    {
        foreach (var connection in connections.All)
        {
            if (connection.Identity?.ExpiresAt <= now)
                connection.Close(CloseReason.Unauthorized);
        }
    }
}
