using System.Net;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>
/// Proves each second that what this instance publishes reaches what it subscribed to: each instance publishes a probe of its own and must hear it, in a
/// cluster one in each shard. Two unheard ones, and it is unready and makes its connections anew.
/// </summary>
/// <remarks>
/// Publishing may work and offsets advance while an instance hears nothing: after a failover the subscriber may be connected to a node that nobody
/// publishes on, or to one that is gone without a word, which TCP alone would notice after a quarter of an hour. A shard of several that is away for all
/// makes nobody unready: the rooms of the others go on, and no instance could serve its rooms better.
/// </remarks>
internal sealed class DeliveryProbe(
    RedisConnections redis,
    RedisKeys keys,
    Incarnation incarnation,
    Pulse pulse,
    TimeProvider time,
    BackplaneMetrics metrics,
    ILogger<DeliveryProbe> logger) : BackgroundService
{
    private readonly ShardProbes _probes = new(redis, keys, incarnation, time, metrics, logger);
    private Task _reconciling = Task.CompletedTask;
    private Task _rebuilding = Task.CompletedTask;

    /// <summary>Whether the probe is heard: from a shard at least, and from every shard that takes it.</summary>
    public bool IsHeard => _probes.All.Any(probe => probe.IsHeard) && !_probes.All.Any(probe => probe.IsDeaf);

    /// <summary>The primaries of shards that neither take nor bring anything.</summary>
    public IEnumerable<EndPoint> Away => _probes.All.Where(probe => probe is { IsHeard: false, IsTaken: false, Shard: not null }).Select(probe => probe.Shard!.Value.Primary);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = pulse.Every(ProbeCount.Interval);
        try
        {
            do
            {
                await _probes.LookAsync();
                foreach (var probe in _probes.All)
                    Beat(probe, stoppingToken);

                metrics.ProbeHeard = IsHeard;
                // Whatever a connection, or a node of a cluster, left behind.
                if (_reconciling.IsCompleted)
                    _reconciling = redis.Subscriptions.ReconcileAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_rebuilding, _reconciling);
            await _probes.DisposeAsync();
        }
    }

    private void Beat(ShardProbe probe, CancellationToken cancellationToken)
    {
        var verdict = probe.Beat(cancellationToken);
        if (verdict == ProbeVerdict.Healed)
        {
            logger.ProbeHeard();
            redis.Subscriptions.RaiseRestored();
        }

        if (probe is { Shard: not null, Unheard: >= ProbeCount.Most })
            redis.Refresh();

        // One that is still at it is given its time.
        if (verdict == ProbeVerdict.Rebuild && _rebuilding.IsCompleted)
            _rebuilding = RebuildAsync(probe);
    }

    private async Task RebuildAsync(ShardProbe probe)
    {
        // A new connection finds no more than the present one where that knows that the node is gone; and it would cost the other shards theirs.
        if (probe.Shard is { Primary: var primary } && !IsConnected(redis.Subscriber, primary))
        {
            logger.ShardAway(primary.ToString());
            return;
        }

        // What could be published and was not heard is the subscriber's fault; what could not be published may be either's.
        var publisherWorks = await probe.WasTakenAsync();
        logger.ProbeUnheard(probe.Unheard, publisherWorks ? "subscriber" : "subscriber and the publisher");
        try
        {
            metrics.Rebuilt();
            await Task.WhenAll(redis.RebuildSubscriberAsync(), publisherWorks ? Task.CompletedTask : redis.RebuildPublisherAsync());
        }
        catch (Exception exception)
        {
            logger.RebuildFailed(exception);
        }
    }

    private static bool IsConnected(IConnectionMultiplexer connection, EndPoint node) =>
        connection.GetServers().Any(server => server.IsConnected && server.EndPoint.Equals(node));
}
