using System.Collections.Concurrent;
using AspireChat.ChatServer.Backplane;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Instances;

/// <summary>
/// "Look at this now", told to every instance. At most once: whoever listens also looks by itself every second or so, and a notice only makes it quick.
/// Without Redis it reaches this instance alone.
/// </summary>
internal sealed class InstanceNotices(
    RedisKeys keys,
    IOptions<InstancesOptions> options,
    TimeProvider time,
    ILogger<InstanceNotices> logger,
    RedisConnections? redis = null) : BackgroundService
{
    private readonly ConcurrentDictionary<string, Action> _listeners = new();
    private readonly RedisChannel _channel = RedisChannel.Literal(keys.NoticeChannel);
    private IConnectionMultiplexer? _subscribed;

    /// <summary>Calls the listener when the topic is told; one listener a topic.</summary>
    public void Listen(string topic, Action listener) => _listeners[topic] = listener;

    public async ValueTask TellAsync(string topic)
    {
        Hear(topic);
        if (redis is null)
            return;

        try
        {
            await redis.Publisher.GetSubscriber().PublishAsync(_channel, topic);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.NoticeNotTold(topic, exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (redis is null)
            return;

        // The subscriber may be rebuilt at any time, and its successor knows nothing of this subscription.
        using var timer = new PeriodicTimer(options.Value.Beat, time);
        do
        {
            if (redis.Subscriber is var subscriber && subscriber != _subscribed)
                await SubscribeAsync(subscriber);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SubscribeAsync(IConnectionMultiplexer subscriber)
    {
        try
        {
            await subscriber.GetSubscriber().SubscribeAsync(_channel, (_, topic) => Hear((string?)topic));
            _subscribed = subscriber;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.NoticesNotSubscribed(exception);
        }
    }

    private void Hear(string? topic)
    {
        if (topic is not null && _listeners.TryGetValue(topic, out var listener))
            listener();
    }
}
