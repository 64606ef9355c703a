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
    private bool _disposed;

    public event Action? Lost;

    /// <summary>It was lost and is back, or it is a new one.</summary>
    public event Action? Restored;

    public IConnectionMultiplexer Current =>
        _current ?? throw new InvalidOperationException("Redis was not connected yet. Await RedisConnections.ConnectAsync first.");

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
            return options;

        var located = options.Clone();
        located.ServiceName = null;

        // A place that does not answer must not hold up the next, to which Sentinel may point any moment.
        located.ConnectRetry = 1;
        located.EndPoints.Clear();
        located.EndPoints.Add(await sentinel.FindAsync() ?? Nowhere);
        return located;
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
}
