using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// Which publications go to Redis together: all of them where it is one server; where it is a cluster, only those of one room, since the keys of a call
/// must be in one slot. There no room waits for another, whatever befalls another's shard.
/// </summary>
internal sealed class PublishQueues(RedisConnections redis, PublishCall call)
{
    private readonly PublishQueue _ofAll = new(call);
    private readonly ConditionalWeakTable<KnownRoom, PublishQueue> _ofRooms = [];
    private IConnectionMultiplexer? _known;
    private bool _isCluster;

    public PublishQueue Of(KnownRoom room) => IsCluster() ? _ofRooms.GetValue(room, _ => new PublishQueue(call)) : _ofAll;

    private bool IsCluster()
    {
        var connection = redis.Publisher;
        if (ReferenceEquals(connection, Volatile.Read(ref _known)))
            return _isCluster;

        var servers = connection.GetServers();
        _isCluster = servers.Any(server => server.ServerType == ServerType.Cluster);

        // What was not reached yet has not told what it is.
        if (servers.Any(server => server.IsConnected))
            Volatile.Write(ref _known, connection);
        return _isCluster;
    }
}
