using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Connections;

/// <summary>What the other instances are told of this one's connections.</summary>
internal sealed class ConnectionLoad(ConnectionDirectory connections, DrainState drain) : IInstanceLoad
{
    public int Connections => connections.Count;

    public bool Draining => drain.IsDraining;
}
