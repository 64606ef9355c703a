using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Probe;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.ChatServer.Backplane.Streams;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Backplane;

/// <summary>One chat server, as far as its backplane goes: connections, backplane and probe of its own.</summary>
internal sealed class BackplaneInstance : IAsyncDisposable
{
    private static int _ids;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<IAsyncDisposable> _subscriptions = [];
    private readonly DeliveryProbe? _probe;
    private readonly Pulse _pulse;

    private BackplaneInstance(RedisConnections? redis, string prefix, InstanceSettings settings, MemoryHub? hub)
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        Metrics = new MetricSums(factory);
        Redis = redis;
        var (keys, metrics) = (new RedisKeys(prefix), new BackplaneMetrics(factory));
        _pulse = new Pulse(settings.Time);
        Factory = new BackplaneFactory(
            keys, new MessageMarks(settings.Time), Options.Create(settings.Stream), _pulse, settings.Time, metrics, NullLoggerFactory.Instance, redis);
        Backplane = hub is null ? Factory.Create(settings.Mode, settings.Version) : new MemoryBackplane(hub, settings.Mode, settings.Version);
        if (redis is not null && settings.Probe)
            _probe = new DeliveryProbe(redis, keys, Incarnation.Begin("test"), _pulse, settings.Time, metrics, NullLogger<DeliveryProbe>.Instance);
    }

    public IBackplane Backplane { get; }

    public IBackplaneFactory Factory { get; }

    public RedisConnections? Redis { get; }

    public MetricSums Metrics { get; }

    public bool ProbeIsHeard => _probe!.IsHeard;

    public static async Task<BackplaneInstance> StartAsync(string? connectionString, string prefix, InstanceSettings settings, MemoryHub? hub)
    {
        RedisConnections? redis = null;
        if (connectionString is not null)
        {
            redis = new RedisConnections(new RedisSettings(connectionString, "test") { Timeout = settings.Timeout }, settings.Time, NullLogger<RedisConnections>.Instance);
            await redis.ConnectAsync();
        }

        var instance = new BackplaneInstance(redis, prefix, settings, hub);
        if (instance._probe is not null)
        {
            await instance._probe.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.Is("the probe is heard", () => instance._probe.IsHeard);
        }

        return instance;
    }

    public async Task<RecordingSink> JoinAsync(string room)
    {
        var sink = new RecordingSink();
        await JoinAsync(room, sink);
        return sink;
    }

    /// <summary>Joins, and tries again while Redis does not answer in time: a server that has just started on a busy machine may not.</summary>
    public async Task<IAsyncDisposable> JoinAsync(string room, IRoomSink sink)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var subscription = await Backplane.SubscribeAsync(room, sink, TestContext.Current.CancellationToken);
                _subscriptions.Add(subscription);
                return subscription;
            }
            catch (BackplaneUnavailableException) when (attempt < 10)
            {
            }
        }
    }

    public ValueTask<PublishResult> SendAsync(string room, string text, string? id = null, ActivityContext trace = default) =>
        Backplane.PublishAsync(
            new Publication(room, "ann", id ?? $"id-{Interlocked.Increment(ref _ids)}", SHA256.HashData(Encoding.UTF8.GetBytes(text)), Encoding.UTF8.GetBytes(text), trace),
            TestContext.Current.CancellationToken);

    /// <summary>Sends until it is acknowledged, as a client does: with the same id.</summary>
    public async Task<StreamPosition?> SendUntilPublishedAsync(string room, string text)
    {
        var id = $"id-{Interlocked.Increment(ref _ids)}";
        while (true)
        {
            var result = await SendAsync(room, text, id);
            if (result.Status == PublishStatus.Published)
                return result.Position;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_probe is not null)
            await _probe.StopAsync(CancellationToken.None);
        foreach (var subscription in _subscriptions)
            await subscription.DisposeAsync();
        await Backplane.DisposeAsync();
        if (Redis is not null)
            await Redis.DisposeAsync();
        Metrics.Dispose();
        _pulse.Dispose();
        await _services.DisposeAsync();
    }
}

internal sealed record InstanceSettings
{
    public static readonly TimeSpan ProductTimeout = TimeSpan.FromSeconds(1.5);

    public BackplaneMode Mode { get; init; } = BackplaneMode.Stream;

    public StreamOptions Stream { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public long Version { get; init; } = 1;

    /// <summary>How long Redis's answers are waited for. Default 20 s: on a busy machine a test should wait rather than be told <c>unavailable</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether the instance has a delivery probe, which rebuilds its connections.</summary>
    public bool Probe { get; init; }
}
