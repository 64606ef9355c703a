using System.Collections.Concurrent;
using AspireChat.ChatServer.Security;

namespace AspireChat.Tests.Cluster;

/// <summary>Stands for the connections of one instance: keeps what was closed.</summary>
internal sealed class UserConnections : IUserConnections
{
    public ConcurrentQueue<string> Closed { get; } = new();

    public ConcurrentQueue<DateTimeOffset> ClosedExpired { get; } = new();

    public void CloseAll(string name) => Closed.Enqueue(name);

    public void CloseExpired(DateTimeOffset now) => ClosedExpired.Enqueue(now);
}
