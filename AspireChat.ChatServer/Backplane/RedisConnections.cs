using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane;

/// <summary>
/// The two connections to Redis: one that publishes, runs scripts and reads, one that subscribes. Apart, so that a burst on one never delays the other,
/// and so that the subscriber can be rebuilt when its probe goes unheard.
/// </summary>
/// <remarks>Held for the life of the process: a multiplexer that nothing references is collected, and delivery stops silently.</remarks>
internal sealed class RedisConnections : IAsyncDisposable
{
    private readonly RedisConnection _publisher;
    private readonly RedisConnection _subscriber;
    private readonly SentinelWatch? _sentinel;
    private readonly ILogger _logger;

    public RedisConnections(RedisSettings settings, TimeProvider time, ILogger<RedisConnections> logger)
    {
        _logger = logger;
        if (settings.For(RedisSettings.Sentinel) is { ServiceName.Length: > 0 } sentinels)
            _sentinel = new SentinelWatch(sentinels, time, logger);
        _publisher = new RedisConnection(settings.For(RedisSettings.Publisher), _sentinel, time, logger);
        _subscriber = new RedisConnection(settings.For(RedisSettings.Subscriber), _sentinel, time, logger);
        Subscriptions = new RedisSubscriptions(_subscriber, time, logger);
        if (_sentinel is not null)
        {
            _publisher.Lost += _sentinel.LookClosely;
            _subscriber.Lost += _sentinel.LookClosely;
            _sentinel.Moved += () => _ = FollowAsync();
        }
    }

    /// <summary>Ask for it each time: it changes when it is rebuilt, and the former one is disposed 2 s later.</summary>
    public IConnectionMultiplexer Publisher => _publisher.Current;

    /// <summary>Ask for it each time, and mind that a rebuilt one knows nothing of subscriptions: prefer <see cref="Subscriptions"/>.</summary>
    public IConnectionMultiplexer Subscriber => _subscriber.Current;

    /// <summary>What the publisher has found; the subscriber finds the same.</summary>
    /// <exception cref="RedisConnectionException">Nothing has been reached yet that could tell.</exception>
    public RedisTopology Topology => _publisher.Topology;

    /// <summary>Subscriptions on the subscriber, kept over every rebuild of it.</summary>
    public RedisSubscriptions Subscriptions { get; }

    /// <summary>The publisher's connection was lost; what comes next may find another server, or the same one restarted.</summary>
    public event Action? PublisherLost
    {
        add => _publisher.Lost += value;
        remove => _publisher.Lost -= value;
    }

    /// <summary>Connects both. A Redis that is away is no error: both go on trying, and what is asked of them meanwhile fails at once.</summary>
    public async Task ConnectAsync()
    {
        if (_sentinel is not null)
            await _sentinel.ConnectAsync();
        await Task.WhenAll(_publisher.RebuildAsync(), _subscriber.RebuildAsync());
    }

    public Task RebuildPublisherAsync() => _publisher.RebuildAsync();

    public Task RebuildSubscriberAsync() => _subscriber.RebuildAsync();

    /// <summary>Has both look anew what a cluster is like, and returns at once.</summary>
    public void Refresh()
    {
        _publisher.Refresh();
        _subscriber.Refresh();
    }

    public async ValueTask DisposeAsync()
    {
        if (_sentinel is not null)
            await _sentinel.DisposeAsync();
        await _subscriber.DisposeAsync();
        await _publisher.DisposeAsync();
    }

    /// <summary>Goes where the primary is now.</summary>
    private async Task FollowAsync()
    {
        try
        {
            await Task.WhenAll(_publisher.RebuildAsync(), _subscriber.RebuildAsync());
        }
        catch (Exception exception)
        {
            _logger.RebuildFailed(exception);
        }
    }
}
