using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>Channels as Redis is asked for them, and publishing on them: by the publisher and never by the subscriber's connection.</summary>
/// <remarks>
/// In a cluster the name decides: a channel with a hash tag, that of a room or of a shard's probe, belongs to the shard of that tag, as its keys do; one
/// without is heard on every node, which costs all of them a message, and is for what is rare.
/// </remarks>
internal static class RedisChannels
{
    public static RedisChannel Of(string name, RedisTopology topology)
    {
        if (!topology.IsCluster || !name.Contains('{', StringComparison.Ordinal))
            return RedisChannel.Literal(name);

        // Where channels have no shard, still all of one go by one node: only so do they keep their order.
        return topology.HasShardedChannels ? RedisChannel.Sharded(name) : RedisChannel.Literal(name).WithKeyRouting();
    }

    /// <summary>How a script publishes on the channel of its keys' slot.</summary>
    public static string CommandOf(RedisTopology topology) => topology.HasShardedChannels ? "SPUBLISH" : "PUBLISH";

    /// <remarks>By a primary alone: a replica would take it, and hand it to nobody but its own subscribers.</remarks>
    /// <returns>How many subscribers Redis handed it to; of one Redis, not of a cluster.</returns>
    public static async Task<long> PublishAsync(RedisConnections redis, string channel, byte[] message) =>
        await redis.Publisher.GetSubscriber().PublishAsync(Of(channel, redis.Topology), message, CommandFlags.DemandMaster);
}
