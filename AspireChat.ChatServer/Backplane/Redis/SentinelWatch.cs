using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>Asks Sentinel where the primary is, and tells when it is another.</summary>
/// <remarks>
/// The connections to Redis know one place at a time, so nothing is ever written to, or heard from, one that was primary before or is a replica. Sentinels
/// learn of a failover within seconds of one another: the answer of the latest configuration counts, and none that is older than one seen before.
/// Thread-safe.
/// </remarks>
internal sealed class SentinelWatch(ConfigurationOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const string SwitchChannel = "+switch-master";

    /// <summary>How often Sentinel is asked while a connection to the primary is lost, and for how long after that.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookFor = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _service = options.ServiceName!;

    /// <summary>The places that were told in the present epoch, and the last one before it.</summary>
    private readonly HashSet<EndPoint> _told = [];

    private ConnectionMultiplexer? _sentinels;
    private EndPoint? _primary;
    private long _epoch = -1;
    private Task _looking = Task.CompletedTask;
    private long _lostAt;

    /// <summary>The primary is another than before.</summary>
    public event Action? Moved;

    /// <summary>Connects to the sentinels. That none is there is no error: they are connected once they are.</summary>
    public async Task ConnectAsync()
    {
        var sentinels = await ConnectionMultiplexer.SentinelConnectAsync(options);
        sentinels.ConnectionRestored += (_, _) => _ = FindAsync();
        _sentinels = sentinels;
        sentinels.GetSubscriber().Subscribe(RedisChannel.Literal(SwitchChannel), (_, _) => _ = FindAsync(), CommandFlags.FireAndForget);
    }

    /// <summary>Where the primary is, as the sentinels know by now; the last known place where none of them answers, null where none ever did.</summary>
    public async Task<EndPoint?> FindAsync()
    {
        var servers = _sentinels?.GetServers() ?? [];
        var answers = await Task.WhenAll(servers.Where(server => server.IsConnected).Select(AskAsync));
        var moved = false;
        lock (_gate)
        {
            foreach (var (place, epoch) in answers)
                moved |= place is not null && Learn(place, epoch);
        }

        if (_primary is null)
            logger.PrimaryUnknown(_service);
        if (moved)
        {
            logger.PrimaryMoved(_service, _primary?.ToString());
            Moved?.Invoke();
        }

        return _primary;
    }

    /// <summary>A connection to the primary was lost: looks closely for a while, since nothing says that Sentinel's own notice arrives.</summary>
    public void LookClosely()
    {
        lock (_gate)
        {
            _lostAt = time.GetTimestamp();
            if (_looking.IsCompleted)
                _looking = LookAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _looking;
        if (_sentinels is not null)
            await _sentinels.DisposeAsync();
        _stopping.Dispose();
    }

    /// <returns>Whether the primary is another by that.</returns>
    private bool Learn(EndPoint place, long epoch)
    {
        if (epoch < _epoch)
            return false;

        // The sentinel that leads a failover raises the epoch a moment before it changes the place, so the former place is told with it too: in one epoch
        // no place comes back.
        if (epoch > _epoch)
        {
            _told.Clear();
            if (_primary is not null)
                _told.Add(_primary);
            _epoch = epoch;
        }

        if (!_told.Add(place))
            return false;

        var moved = _primary is not null;
        _primary = place;
        return moved;
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token) && time.GetElapsedTime(Volatile.Read(ref _lostAt)) < LookFor)
                await FindAsync();
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<(EndPoint? Place, long Epoch)> AskAsync(IServer sentinel)
    {
        try
        {
            var answer = (await sentinel.SentinelMasterAsync(_service)).ToDictionary(StringComparer.Ordinal);
            return (PlaceOf(answer["ip"], answer["port"]), long.Parse(answer["config-epoch"], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // The others are asked too, and all of them again.
            logger.SentinelSilent(sentinel.EndPoint.ToString(), exception);
            return default;
        }
    }

    private static EndPoint PlaceOf(string host, string port) =>
        int.Parse(port, CultureInfo.InvariantCulture) is var number && IPAddress.TryParse(host, out var address)
            ? new IPEndPoint(address, number)
            : new DnsEndPoint(host, number);
}
