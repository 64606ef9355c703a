using System.Threading.Channels;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Instances;

/// <summary>Keeps this instance's lease, knows the other instances, and clears up after those that died.</summary>
internal sealed class InstanceHeartbeat(
    IInstanceLeases leases,
    OwnStatus own,
    Incarnation incarnation,
    IEnumerable<IIncarnationHeir> heirs,
    IOptions<InstancesOptions> options,
    Pulse pulse,
    TimeProvider time,
    ILogger<InstanceHeartbeat> logger) : BackgroundService, IInstanceDirectory
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Channel<string> _inheritance = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private volatile IReadOnlyList<InstanceStatus> _live = [];
    private long? _heldSince;
    private long _beats;
    private readonly TaskCompletionSource _superseded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _order;
    private int _lapses;
    private bool _silent;

    /// <summary>How often the lease had ended before it was renewed: each time, others may have cleared what this instance has in Redis.</summary>
    public int Lapses => Volatile.Read(ref _lapses);

    /// <summary>Completes when another instance has been started under this one's name. From then on this one has no lease, and should have no connections.</summary>
    public Task Superseded => _superseded.Task;

    public IReadOnlyList<InstanceStatus> Live => _live is { Count: > 0 } live ? live : [own.Now];

    public async ValueTask<IReadOnlyList<InstanceStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await leases.ReadAsync().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            throw new BackplaneUnavailableException("Redis did not tell which instances are alive; try again.", exception);
        }
    }

    /// <summary>Beats now rather than at the next second, so that the others see this instance's new status. Trouble with Redis is left to the next beat.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        // One at a time: a beat that overtook another would put back an older status.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var patient = _heldSince is { } since && time.GetElapsedTime(since) >= options.Value.Patience;
            Learn(await leases.BeatAsync(own.Now with { Beat = ++_beats }, _order, claim: patient));
            if (_silent)
                logger.HeardAgain();
            _silent = false;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            if (!_silent)
                logger.BeatFailed(exception);
            _silent = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes the lease before anything is written in this incarnation's name: what has no lease is never cleared up after.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await EndAsync();
    }

    /// <summary>Ends the lease now. Whatever is left in Redis in this incarnation's name is cleared by others.</summary>
    public async Task EndAsync()
    {
        try
        {
            await leases.EndAsync(incarnation.Id);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            logger.LeaseNotEnded(exception);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(BeatRegularlyAsync(stoppingToken), ClearUpAsync(stoppingToken));

    private void Learn(BeatResult beat)
    {
        _live = beat.Live;
        if (beat.Order == 0)
        {
            if (_superseded.TrySetResult())
                logger.Superseded(incarnation.Instance);
            return;
        }

        _order = beat.Order;
        if (!beat.Held && _heldSince is not null)
        {
            Interlocked.Increment(ref _lapses);
            logger.LeaseLapsed();
        }

        if (!beat.Held || _heldSince is null)
            _heldSince = time.GetTimestamp();

        foreach (var expired in beat.Claimed)
            _inheritance.Writer.TryWrite(expired);
    }

    private async Task BeatRegularlyAsync(CancellationToken cancellationToken)
    {
        using var timer = pulse.Every(options.Value.Beat);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await BeatAsync(cancellationToken);
    }

    private async Task ClearUpAsync(CancellationToken cancellationToken)
    {
        await foreach (var expired in _inheritance.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await ClearUpAfterAsync(expired, cancellationToken);
            }
            catch (Exception exception) when (RedisTrouble.Explains(exception))
            {
                // The claim ends by itself, and whoever beats next takes it on.
                logger.ClearingFailed(expired, exception);
            }
        }
    }

    private async Task ClearUpAfterAsync(string expired, CancellationToken cancellationToken)
    {
        foreach (var heir in heirs)
        {
            do
            {
                if (!await leases.RenewClaimAsync(expired))
                    return;
            }
            while (await heir.ClearSomeAsync(expired, cancellationToken));
        }

        if (await leases.ForgetAsync(expired))
            logger.ClearedUp(expired);
    }
}
