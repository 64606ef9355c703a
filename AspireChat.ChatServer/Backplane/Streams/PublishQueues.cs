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

    public PublishQueue Of(KnownRoom room) => IsCluster() ? _ofRooms.GetValue(room, _ => new PublishQueue(call)) : _ofAll;

    private bool IsCluster()
    {
        try
        {
            return redis.Topology.IsCluster;
        }
        catch (RedisConnectionException)
        {
            // Nothing is reached, so the call will not be either.
            return false;
        }
    }
}
