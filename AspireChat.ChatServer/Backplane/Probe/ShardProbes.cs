using System.Globalization;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>The probes that are to be sent: one where there is one Redis, in a cluster one for each shard, whichever there are by now.</summary>
/// <remarks>For one thread, but for <see cref="All"/>.</remarks>
internal sealed class ShardProbes(RedisConnections redis, RedisKeys keys, Incarnation incarnation, TimeProvider time, BackplaneMetrics metrics, ILogger logger) : IAsyncDisposable
{
    private volatile ShardProbe[] _all = [];
    private volatile ClusterShard[] _told = [];
    private Task _asking = Task.CompletedTask;
    private Task _retiring = Task.CompletedTask;
    private int _made;

    public IReadOnlyList<ShardProbe> All => _all;

    /// <summary>Sees to it that each shard has its probe. What the cluster is asked now counts at the next look, but for the first time.</summary>
    public async ValueTask LookAsync()
    {
        if (!IsCluster())
        {
            if (_all.Length == 0)
                _all = [OfAll()];
            return;
        }

        if (_asking.IsCompleted)
            _asking = AskAsync();
        if (_told.Length == 0)
            await _asking;
        if (_told.Length > 0)
            Follow(_told);
        else if (_all.Length == 0)
            _all = [OfAll()];
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_asking, _retiring);
        foreach (var probe in _all)
            await probe.DisposeAsync();
    }

    private bool IsCluster()
    {
        try
        {
            // A client that knows no slots, of a single node that has met no other, sends all to that one.
            return redis.Topology.IsCluster && redis.Publisher.HashSlot("any") >= 0;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // Not known yet: one probe, unheard, says so.
            return false;
        }
    }

    private async Task AskAsync()
    {
        try
        {
            _told = await ClusterShard.ReadAsync(redis.Publisher);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // Whoever is asked next may know.
        }
    }

    private void Follow(ClusterShard[] shards)
    {
        var former = _all;
        ShardProbe[] now = [.. shards.Select(shard => Array.Find(former, probe => probe.Proves(shard)) ?? New(shard))];
        if (now.ToHashSet().SetEquals(former))
            return;

        _all = now;
        _retiring = Task.WhenAll([_retiring, .. former.Except(now).Select(probe => probe.DisposeAsync().AsTask())]);
        logger.ShardsChanged(now.Length, string.Join(", ", shards.Select(shard => shard.Primary)));
        redis.Refresh();
    }

    private ShardProbe OfAll() => new(redis, keys.ProbeChannel(incarnation.Id), shard: null, time, metrics);

    private ShardProbe New(ClusterShard shard)
    {
        for (var number = 0; ; number++)
        {
            var tag = number.ToString(CultureInfo.InvariantCulture);
            var slot = redis.Publisher.HashSlot(tag);
            if (shard.Has(slot))
                return new ShardProbe(redis, keys.ProbeChannel($"{incarnation.Id}.{++_made}", tag), (shard.Primary, slot), time, metrics);
        }
    }
}
