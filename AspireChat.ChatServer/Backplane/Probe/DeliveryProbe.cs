using System.Buffers.Binary;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>
/// Proves each second that what this instance publishes reaches what it subscribed to: each instance publishes a probe of its own and must hear it. Two
/// unheard ones, and it is unready and makes its connections anew.
/// </summary>
/// <remarks>
/// Publishing may work and offsets advance while an instance hears nothing: after a failover the subscriber may be connected to a node that nobody
/// publishes on, or to one that is gone without a word, which TCP alone would notice after a quarter of an hour.
/// </remarks>
internal sealed class DeliveryProbe(
    RedisConnections redis,
    RedisKeys keys,
    Incarnation incarnation,
    TimeProvider time,
    BackplaneMetrics metrics,
    ILogger<DeliveryProbe> logger) : BackgroundService, IChannelListener
{
    private readonly ProbeCount _count = new(time);
    private readonly string _channel = keys.ProbeChannel(incarnation.Id);
    private ChannelSubscription? _subscription;
    private Task _rebuilding = Task.CompletedTask;
    private Task<bool> _published = Task.FromResult(true);

    /// <summary>Whether the probe is heard.</summary>
    public bool IsHeard => _count.IsHeard;

    public void Hear(ReadOnlyMemory<byte> message)
    {
        if (message.Length == sizeof(long))
            metrics.Probed(time.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(message.Span)));
    }

    public void Missed(int messages)
    {
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ProbeCount.Interval, time);
        try
        {
            do
            {
                await BeatAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await _rebuilding;
            if (_subscription is not null)
                await _subscription.DisposeAsync();
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var verdict = _count.Beat(redis.Subscriptions.LastHeard);
        metrics.ProbeHeard = _count.IsHeard;
        if (verdict == ProbeVerdict.Healed)
        {
            logger.ProbeHeard();
            redis.Subscriptions.RaiseRestored();
        }

        // One that is still at it is given its time.
        if (verdict == ProbeVerdict.Rebuild && _rebuilding.IsCompleted)
            _rebuilding = RebuildAsync();

        await SubscribeAsync(cancellationToken);
        _count.Sent();
        _published = PublishAsync();
    }

    /// <summary>Subscribes what is not subscribed: the probe itself, and whatever a connection left behind.</summary>
    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_subscription is null)
                _subscription = await redis.Subscriptions.SubscribeAsync(_channel, this, cancellationToken);
            else
                await redis.Subscriptions.ReconcileAsync();
        }
        catch (BackplaneUnavailableException)
        {
            // The next beat tries again, and the probe that is not heard until then tells.
        }
    }

    private async Task<bool> PublishAsync()
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetTimestamp());
        try
        {
            await RedisChannels.PublishAsync(redis, _channel, bytes);
            return true;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            return false;
        }
    }

    private async Task RebuildAsync()
    {
        // What could be published and was not heard is the subscriber's fault; what could not be published may be either's.
        var publisherWorks = _published.IsCompletedSuccessfully && await _published;
        logger.ProbeUnheard(_count.Unheard, publisherWorks ? "subscriber" : "subscriber and the publisher");
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
}
