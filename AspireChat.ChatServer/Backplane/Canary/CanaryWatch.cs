using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>
/// Proves that what is said in a room is heard on every instance: each says a beat now and then in a room of their own, by the very way of users' messages,
/// and listens there for its own and the others'. One that hears nothing is unready, and subscribes everything anew.
/// </summary>
/// <remarks>
/// The delivery probe proves that the connection brings something; this, that rooms do. Without it an instance whose rooms' subscriptions are gone, or that
/// alone subscribes where nobody publishes, looks as healthy as the others, and its users hear nobody. Where Redis is away there is nothing to judge: the probe
/// tells that.
/// </remarks>
internal sealed class CanaryWatch(
    IBackplaneUser user,
    IInstanceDirectory directory,
    OwnStatus own,
    Incarnation incarnation,
    RedisConnections redis,
    RedisKeys keys,
    BackplaneMetrics backplaneMetrics,
    CanaryMetrics metrics,
    IOptions<CanaryOptions> options,
    Pulse pulse,
    TimeProvider time,
    ILogger<CanaryWatch> logger) : BackgroundService
{
    private readonly CanaryCount _count = new();
    private readonly string _channel = keys.RoomChannel(CanaryRoom.Name);
    private CanaryPeers _peers = new(incarnation.Id);
    private volatile CanaryEar? _ear;
    private IBackplane? _backplane;
    private IAsyncDisposable? _subscription;
    private Task _rebuilding = Task.CompletedTask;
    private long _number;
    private long _saidAt;
    private bool _taken;
    private long? _looked;

    /// <summary>What is not heard, once the instance counts as deaf; null while all is well.</summary>
    public string? Trouble => _count.Trouble;

    /// <summary>How long ago each live instance was heard, by its name; without those that never were.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Ages()
    {
        var ages = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var status in directory.Live)
        {
            if (_ear?.AgeOf(status.Incarnation) is { } age && (!ages.TryGetValue(status.Instance, out var other) || age < other))
                ages[status.Instance] = age;
        }

        return ages;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Ages = Ages;
        using var timer = pulse.Every(options.Value.Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryBeatAsync(stoppingToken);
        }
        finally
        {
            await _rebuilding;
            await LeaveAsync();
        }
    }

    private async Task TryBeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeatAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.CanaryFailed(exception);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var (backplane, status) = (user.Current, own.Now);
        if (backplane != _backplane || status.ModeVersion == 0)
        {
            await LeaveAsync();
            _backplane = backplane;
            StartAnew();
        }

        // In mode local an instance is to hear nobody; before the first mode it cannot.
        if (backplane.Mode == BackplaneMode.Local || status.ModeVersion == 0)
            return;

        Look(status.ModeVersion);
        await JoinAsync(backplane, cancellationToken);
        await SayAsync(backplane, cancellationToken);
    }

    private void StartAnew()
    {
        _count.Reset();
        (_peers, _taken, _looked) = (new CanaryPeers(incarnation.Id), false, null);
        metrics.IsHeard = true;
    }

    /// <summary>Judges the interval that is over.</summary>
    private void Look(long modeVersion)
    {
        // This process itself did not run: what came meanwhile it will hear in a moment.
        var late = _looked is { } looked && time.GetElapsedTime(looked) > options.Value.Interval * 1.5;
        _looked = time.GetTimestamp();
        if (_ear is not { } ear)
            return;

        var live = directory.Live;
        var others = _peers.AreHeard(live, modeVersion, ear);
        ear.Keep(live.Select(status => status.Incarnation).ToHashSet(StringComparer.Ordinal));
        if (late)
            return;

        // Heard on the channel, too: in mode stream what a subscription does not bring is read from the history, so that users are late and not deaf.
        bool? cameBack = _taken ? ear.NewestOf(incarnation.Id) >= _number && redis.Subscriptions.LastHeardOn(_channel) >= _saidAt : null;
        var verdict = _count.Judge(cameBack, others, alone: !_peers.HasAny);
        metrics.IsHeard = _count.Trouble is null;
        if (verdict == CanaryVerdict.Healed)
            logger.CanaryHeard();
        if (verdict == CanaryVerdict.Rebuild && _rebuilding.IsCompleted)
            _rebuilding = RebuildAsync();
        if (_count.Unheard == CanaryCount.Most)
            logger.CanaryUnheard(_count.Trouble!);
    }

    private async Task JoinAsync(IBackplane backplane, CancellationToken cancellationToken)
    {
        if (_subscription is not null)
            return;

        try
        {
            _ear ??= new CanaryEar(time, Hear);
            _subscription = await backplane.SubscribeAsync(CanaryRoom.Name, _ear, cancellationToken);
        }
        catch (BackplaneUnavailableException)
        {
            // Tried again at the next beat; that nothing is heard until then tells.
        }
    }

    private async Task SayAsync(IBackplane backplane, CancellationToken cancellationToken)
    {
        var beat = new CanaryBeat(incarnation.Id, ++_number);
        var id = beat.Number.ToString(CultureInfo.InvariantCulture);
        _saidAt = time.GetTimestamp();
        var result = await backplane.PublishAsync(
            new Publication(CanaryRoom.Name, beat.Incarnation, id, SHA256.HashData(Encoding.ASCII.GetBytes(id)), beat.Encode(), TraceContext: default),
            cancellationToken);

        // The others learn of it with the next renewal of the lease.
        _taken = result.Status == PublishStatus.Published;
        if (_taken)
            own.CanaryTaken(beat.Number);
    }

    private void Hear(CanaryBeat beat)
    {
        if (beat.Incarnation == incarnation.Id && beat.Number == Volatile.Read(ref _number))
            metrics.Heard(time.GetElapsedTime(_saidAt));
    }

    private async Task LeaveAsync()
    {
        if (_subscription is { } subscription)
            await subscription.DisposeAsync();
        (_subscription, _ear) = (null, null);
    }

    private async Task RebuildAsync()
    {
        logger.CanaryMissed();
        try
        {
            backplaneMetrics.Rebuilt();
            await redis.RebuildSubscriberAsync();
        }
        catch (Exception exception)
        {
            logger.RebuildFailed(exception);
        }
    }
}
