using System.Net;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>
/// A connection to Redis that can be replaced by a new one while it is in use. It reconnects by itself when it notices that it is lost; what it does not
/// notice (a peer that is gone without a word) is what rebuilding is for.
/// </summary>
/// <param name="options">Where and how to connect.</param>
/// <param name="sentinel">Where to connect instead, asked each time; null where the options tell.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class RedisConnection(ConfigurationOptions options, SentinelWatch? sentinel, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Where nothing listens: while no sentinel has told where the primary is, it counts as away.</summary>
    private static readonly EndPoint Nowhere = new IPEndPoint(IPAddress.Loopback, 1);

    // What was asked of the former connection may still be answered for so long.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _rebuilding = new(1);
    private ConnectionMultiplexer? _current;
    private Task _retirement = Task.CompletedTask;
    private Task _refreshing = Task.CompletedTask;
    private KnownTopology? _topology;
    private bool _disposed;

    public event Action? Lost;

    /// <summary>It was lost and is back, or it is a new one.</summary>
    public event Action? Restored;

    public IConnectionMultiplexer Current =>
        _current ?? throw new InvalidOperationException("Redis was not connected yet. Await RedisConnections.ConnectAsync first.");

    /// <summary>What stands behind the present connection.</summary>
    /// <exception cref="RedisConnectionException">Nothing has been reached yet that could tell.</exception>
    public RedisTopology Topology
    {
        get
        {
            var current = Current;
            if (Volatile.Read(ref _topology) is { } known && known.Connection == current)
                return known.Topology;

            var topology = RedisTopology.Of(current) ?? throw RedisTrouble.NotReached("Redis has not been reached yet.");
            Volatile.Write(ref _topology, new KnownTopology(current, topology));
            return topology;
        }
    }

    /// <summary>
    /// Has the client look anew which nodes a cluster has and what each of them serves, unless it is at it. By itself it does so when a node that it reaches
    /// tells it: one that only subscribes is told nothing, and would look once a minute.
    /// </summary>
    public void Refresh()
    {
        if (_refreshing.IsCompleted)
            _refreshing = RefreshAsync();
    }

    public async Task RebuildAsync()
    {
        await _rebuilding.WaitAsync();
        try
        {
            if (_disposed)
                return;

            var next = await ConnectionMultiplexer.ConnectAsync(await LocateAsync());
            next.ConnectionFailed += OnFailed;
            next.ConnectionRestored += OnRestored;
            if (Interlocked.Exchange(ref _current, next) is { } former)
            {
                Lost?.Invoke();
                _retirement = Task.WhenAll(_retirement, RetireAsync(former));
            }
        }
        finally
        {
            _rebuilding.Release();
        }

        Restored?.Invoke();
    }

    /// <summary>Cuts the connection, and makes a new one after that: what is sent between the two is lost.</summary>
    public async Task DropAsync()
    {
        if (_current is { } current)
            await CloseAsync(current);
        await RebuildAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _rebuilding.WaitAsync();
        _disposed = true;
        _rebuilding.Release();

        await _retirement;
        if (_current is not null)
            await CloseAsync(_current);
    }

    private async Task<ConfigurationOptions> LocateAsync()
    {
        if (sentinel is null)
            return WithKnownNodes();

        var located = options.Clone();
        located.ServiceName = null;

        // A place that does not answer must not hold up the next, to which Sentinel may point any moment.
        located.ConnectRetry = 1;
        located.EndPoints.Clear();
        located.EndPoints.Add(await sentinel.FindAsync() ?? Nowhere);
        return located;
    }

    /// <summary>A cluster is reached by any of its nodes, and those that were configured may be away when others, found since, are not.</summary>
    private ConfigurationOptions WithKnownNodes()
    {
        if (_current is not { } former || Volatile.Read(ref _topology) is not { Topology.IsCluster: true })
            return options;

        var known = options.Clone();
        foreach (var node in former.GetEndPoints().Except(known.EndPoints))
            known.EndPoints.Add(node);
        return known;
    }

    private async Task RefreshAsync()
    {
        try
        {
            await Current.ConfigureAsync();
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.NotRefreshed(options.ClientName, exception);
        }
    }

    private async Task RetireAsync(ConnectionMultiplexer former)
    {
        former.ConnectionFailed -= OnFailed;
        former.ConnectionRestored -= OnRestored;
        await Task.Delay(Grace, time);
        await CloseAsync(former);
    }

    private async Task CloseAsync(ConnectionMultiplexer connection)
    {
        try
        {
            // Without waiting for what is under way: on a dead link that would be for ever.
            await connection.CloseAsync(allowCommandsToComplete: false);
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.ConnectionNotClosed(options.ClientName, exception);
        }
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs arguments)
    {
        logger.ConnectionLost(options.ClientName, arguments.FailureType);
        Lost?.Invoke();
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs arguments)
    {
        logger.ConnectionRestored(options.ClientName);
        Restored?.Invoke();
    }

    private sealed record KnownTopology(IConnectionMultiplexer Connection, RedisTopology Topology);
}
