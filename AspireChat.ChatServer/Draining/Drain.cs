using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Protocol;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Draining;

/// <summary>
/// Sends this instance's connections to the others: unready at once, so that load balancers look elsewhere; accepting for a while longer, because they
/// need time to notice; then each connection is told to reconnect and closed with 1001, spread over the time so that the others are not stormed.
/// </summary>
internal sealed class Drain(
    DrainState state,
    ConnectionDirectory connections,
    IOptions<DrainOptions> options,
    TimeProvider time,
    ILogger<Drain> logger) : IDrain
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
    private static readonly TimeSpan MaxReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task? _run;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _run ??= RunAsync();
        }

        return _run.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        var total = TimeSpan.FromSeconds(options.Value.Seconds);
        var started = time.GetTimestamp();
        state.Begin();
        logger.Draining(connections.Count, total.TotalSeconds);

        if (total > Quick)
        {
            await Task.Delay(StillAccepting < total / 2 ? StillAccepting : total / 2, time);
            state.RefuseUpgrades();
            await SendAwayAsync(total - time.GetElapsedTime(started) - Closing);
        }

        state.RefuseUpgrades();
        await CloseRestAsync(Closing);
        logger.Drained(connections.Count, time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task SendAwayAsync(TimeSpan within)
    {
        var all = connections.All.ToArray();
        Random.Shared.Shuffle(all);
        var batches = Math.Max(1, (int)(within / BetweenBatches) - 1);
        var told = Array.Empty<ChatConnection>();
        foreach (var batch in all.Chunk(Math.Max(1, (int)Math.Ceiling(all.Length / (double)batches))))
        {
            foreach (var connection in batch)
            {
                connection.Send(ServerFrames.Reconnect(Reason, MaxReconnectDelay * Random.Shared.NextDouble()));
            }

            // A batch later, so that what they are sending just now is still acknowledged.
            Close(told);
            told = batch;
            await Task.Delay(BetweenBatches * (0.5 + Random.Shared.NextDouble()), time);
        }

        Close(told);
    }

    private async Task CloseRestAsync(TimeSpan within)
    {
        var started = time.GetTimestamp();
        while (connections.Count > 0 && time.GetElapsedTime(started) < within)
        {
            Close(connections.All);
            await Task.Delay(Poll, time);
        }
    }

    private static void Close(IEnumerable<ChatConnection> connections)
    {
        foreach (var connection in connections)
        {
            connection.Close(CloseReason.GoingAway);
        }
    }
}
