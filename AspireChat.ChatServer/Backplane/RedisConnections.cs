using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane;

/// <summary>
/// The two connections to Redis: one that publishes, runs scripts and reads, one that subscribes. Apart, so that a burst on one never delays the other,
/// and so that the subscriber can be rebuilt when its probe goes unheard. Held for the life of the process: a multiplexer that nothing references is
/// collected, and delivery stops silently.
/// </summary>
internal sealed class RedisConnections(IConnectionMultiplexer publisher, IConnectionMultiplexer subscriber)
{
    public IConnectionMultiplexer Publisher { get; } = publisher;

    public IConnectionMultiplexer Subscriber { get; } = subscriber;
}
