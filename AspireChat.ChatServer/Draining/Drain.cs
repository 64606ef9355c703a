using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Draining;

/// <summary>
/// Sends this instance's connections to the others: unready at once, so that load balancers look elsewhere; accepting for a while longer, because they
/// need time to notice; then each connection is told to reconnect and closed with 1001, spread over the time so that the others are not stormed.
/// </summary>
internal sealed class Drain(DrainState state, ConnectionDirectory connections, TimeProvider time, ILogger<Drain> logger) : IDrain, IDisposable
{
    private const string Reason = "draining";

    /// <summary>Up to here there is nothing to be spread.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(2);

    /// <summary>Load balancers probe each second or two.</summary>
    private static readonly TimeSpan StillAccepting = TimeSpan.FromSeconds(3);

    /// <summary>What the last closes get to arrive.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();

    /// <summary>From here on there is no time left to be polite.</summary>
    private readonly CancellationTokenSource _hurry = new(Timeout.InfiniteTimeSpan, time);
    private TimeSpan _patience = TimeSpan.MaxValue;
    private long _started;
    private Task? _run;

    public Task StartAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_run is null)
                _started = time.GetTimestamp();

            var patience = time.GetElapsedTime(_started) + (within > Quick ? within - Closing : TimeSpan.Zero);
            if (patience < _patience)
                Hasten(patience);

            _run ??= RunAsync(within);
        }

        return _run.WaitAsync(cancellationToken);
    }

    public void Dispose() => _hurry.Dispose();

    /// <summary>Lets politeness end when the drain is so old.</summary>
    private void Hasten(TimeSpan patience)
    {
        _patience = patience;
        if (Left > TimeSpan.Zero)
            _hurry.CancelAfter(Left);
        else
            _hurry.Cancel();
    }

    private TimeSpan Left => _patience - time.GetElapsedTime(_started);

    private async Task RunAsync(TimeSpan within)
    {
        state.Begin();
        logger.Draining(connections.Count, within.TotalSeconds);

        await DelayAsync(StillAccepting < within / 2 ? StillAccepting : within / 2);
        state.RefuseUpgrades();
        await SendAwayAsync();
        await CloseRestAsync();
        logger.Drained(connections.Count, time.GetElapsedTime(_started).TotalSeconds);
    }

    private async Task SendAwayAsync()
    {
        var all = connections.All.ToArray();
        Random.Shared.Shuffle(all);
        var batches = Math.Max(1, (int)(Left / BetweenBatches) - 1);
        foreach (var batch in all.Chunk(Math.Max(1, (int)Math.Ceiling(all.Length / (double)batches))))
        {
            if (_hurry.IsCancellationRequested)
                return;

            var pause = BetweenBatches * (0.5 + Random.Shared.NextDouble());
            Farewell.Announce(batch, Reason, pause);
            await DelayAsync(pause);
            Farewell.Close(batch, CloseReason.GoingAway);
        }
    }

    private async Task CloseRestAsync()
    {
        var started = time.GetTimestamp();
        while (connections.Count > 0 && time.GetElapsedTime(started) < Closing)
        {
            Farewell.Close(connections.All, CloseReason.GoingAway);
            await Task.Delay(Poll, time);
        }
    }

    private Task DelayAsync(TimeSpan delay) =>
        Task.Delay(delay, time, _hurry.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
