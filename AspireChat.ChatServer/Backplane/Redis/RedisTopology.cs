using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>What kind of Redis stands behind a connection. It is asked of the servers and never configured: the connection string alone decides.</summary>
/// <param name="IsCluster">Keys are spread over shards by their hash tags; whatever is done in one call must be of one slot.</param>
/// <param name="HasShardedChannels">Channels are spread with them (Redis 7): what is published in a shard is no other's work.</param>
internal sealed record RedisTopology(bool IsCluster, bool HasShardedChannels)
{
    /// <summary>Null while no server has been reached, since none has told yet.</summary>
    public static RedisTopology? Of(IConnectionMultiplexer connection)
    {
        var servers = connection.GetServers().Where(server => server.IsConnected).ToArray();
        if (servers.Length == 0)
            return null;

        // One that is too old for it decides for all: who publishes and who subscribes must mean the same channel.
        var isCluster = servers.Any(server => server.ServerType == ServerType.Cluster);
        return new RedisTopology(isCluster, isCluster && servers.All(server => server.Features.ShardedPubSub));
    }
}
