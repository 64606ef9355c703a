using System.Threading.Channels;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Switching;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Presence;

/// <summary>What presence needs besides joins and leaves: those whose time to come back is over, what Redis missed, and a switch of the mode.</summary>
internal sealed class PresenceUpkeep(
    PresenceRooms rooms,
    PresenceRefresh refresh,
    DueRooms due,
    InstanceHeartbeat heartbeat,
    IOptions<PresenceOptions> options,
    Pulse pulse,
    TimeProvider time,
    ILogger<PresenceUpkeep> logger) : BackgroundService, IModeObserver
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>How many rooms are reconciled at once: enough to fill the connection, few enough not to hold up messages.</summary>
    private const int AtOnce = 32;

    private readonly Channel<BackplaneMode> _switches = Channel.CreateUnbounded<BackplaneMode>(new() { SingleReader = true });

    public void Switched(BackplaneMode from, BackplaneMode to)
    {
        // Between two modes that share presence, nothing changes.
        if ((from == BackplaneMode.Local) != (to == BackplaneMode.Local))
            _switches.Writer.TryWrite(to);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SettleRegularlyAsync(stoppingToken), ReconcileRegularlyAsync(stoppingToken), RefreshAfterSwitchesAsync(stoppingToken));

    private async Task SettleRegularlyAsync(CancellationToken cancellationToken)
    {
        // A room that is due only after a grace longer than that is seen in time.
        using var timer = pulse.Every(Tick, isHasty: () => options.Value.Grace < Pulse.Slow || !due.IsEmpty);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await Task.WhenAll(due.Take().Select(SettleAsync));
    }

    private async Task SettleAsync(string name)
    {
        // Not only a room that is still known here: the last to leave it may have been on this instance, which then settles it for the others.
        var room = rooms.FindOrAdd(name);
        await room.SettleAsync();
        rooms.Release(room);
    }

    private async Task ReconcileRegularlyAsync(CancellationToken cancellationToken)
    {
        var lapses = heartbeat.Lapses;
        var rewritten = time.GetTimestamp();
        using var timer = pulse.Every(options.Value.Reconcile);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var lapsed = heartbeat.Lapses != lapses;
            var rewrite = lapsed || time.GetElapsedTime(rewritten) >= options.Value.Rewrite;
            lapses = heartbeat.Lapses;
            if (rewrite)
                rewritten = time.GetTimestamp();
            await ReconcileAsync(rewrite, cancellationToken);
        }
    }

    private async Task ReconcileAsync(bool rewrite, CancellationToken cancellationToken)
    {
        var behind = 0;
        await Parallel.ForEachAsync(
            rooms.All,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (room, _) =>
            {
                try
                {
                    if (!await room.ReconcileAsync(rewrite))
                        Interlocked.Increment(ref behind);
                }
                catch (Exception exception) when (RedisTrouble.Explains(exception))
                {
                    Interlocked.Increment(ref behind);
                }

                rooms.Release(room);
            });

        if (behind > 0)
            logger.PresenceBehind(behind);
    }

    private async Task RefreshAfterSwitchesAsync(CancellationToken cancellationToken)
    {
        await foreach (var mode in _switches.Reader.ReadAllAsync(cancellationToken))
            foreach (var room in rooms.All)
                await refresh.RefreshAsync(room, mode);
    }
}
