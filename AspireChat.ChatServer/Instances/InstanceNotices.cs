using System.Collections.Concurrent;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Instances;

/// <summary>
/// "Look at this now", told to every instance. At most once: whoever listens also looks by itself every second or so, and a notice only makes it quick.
/// Without Redis it reaches this instance alone.
/// </summary>
internal sealed class InstanceNotices(
    RedisKeys keys,
    IOptions<InstancesOptions> options,
    Pulse pulse,
    TimeProvider time,
    ILogger<InstanceNotices> logger,
    RedisConnections? redis = null) : BackgroundService, IChannelListener
{
    private readonly ConcurrentDictionary<string, Action> _listeners = new();

    /// <summary>Calls the listener when the topic is told; one listener a topic.</summary>
    public void Listen(string topic, Action listener) => _listeners[topic] = listener;

    public async ValueTask TellAsync(string topic)
    {
        Hear(topic);
        if (redis is null)
            return;

        try
        {
            await RedisChannels.PublishAsync(redis, keys.NoticeChannel, Encoding.UTF8.GetBytes(topic));
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.NoticeNotTold(topic, exception);
        }
    }

    void IChannelListener.Hear(ReadOnlyMemory<byte> message) => Hear(Encoding.UTF8.GetString(message.Span));

    void IChannelListener.Missed(int messages) => HearAll();

    void IChannelListener.Moved() => HearAll();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (redis is null)
            return;

        using var timer = pulse.Every(options.Value.Beat);
        do
        {
            if (await TrySubscribeAsync(redis.Subscriptions, stoppingToken) is { } subscription)
            {
                await using (subscription)
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IAsyncDisposable?> TrySubscribeAsync(RedisSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            return await subscriptions.SubscribeAsync(keys.NoticeChannel, this, cancellationToken);
        }
        catch (BackplaneUnavailableException exception)
        {
            logger.NoticesNotSubscribed(exception);
            return null;
        }
    }

    private void HearAll()
    {
        foreach (var listener in _listeners.Values)
            listener();
    }

    private void Hear(string topic)
    {
        if (_listeners.TryGetValue(topic, out var listener))
            listener();
    }
}
