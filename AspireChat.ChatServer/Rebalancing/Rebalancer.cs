using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Protocol;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Rebalancing;

/// <summary>
/// Gives instances that came late their share: open sockets stay where they are, so that one that was added, or restarted, would stay nearly empty. Each
/// instance with more than the average asks a few of its connections a second to move, until the spread is even. Who moves comes back through the load
/// balancer, on any instance, and resumes.
/// </summary>
internal sealed class Rebalancer(
    ConnectionDirectory connections,
    IInstanceDirectory instances,
    Incarnation incarnation,
    DrainState drain,
    IOptions<RebalancingOptions> options,
    TimeProvider time,
    ILogger<Rebalancer> logger) : BackgroundService
{
    private const string Reason = "rebalancing";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Between the word and the close.</summary>
    private static readonly TimeSpan BeforeClose = TimeSpan.FromMilliseconds(200);

    private readonly FreshCounts _others = new(time, incarnation.Id);
    private readonly MovesInVain _inVain = new(time);
    private long? _unevenSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Enabled && !drain.IsDraining)
        {
            // Jittered, so that instances do not all move theirs at once.
            await Task.Delay(Interval * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
            try
            {
                await MoveSomeAsync(Look(), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LookFailed(exception);
            }
        }
    }

    /// <returns>How many to move now.</returns>
    private int Look()
    {
        var spread = Spread.Of(connections.Count, _others.Read(instances.Live));
        if (spread.IsEven(options.Value.LeastConnections))
        {
            if (_unevenSince is not null)
                logger.Even(spread.Own, spread.Average);

            _unevenSince = null;
            _inVain.Reset();
            return 0;
        }

        if (_unevenSince is null)
        {
            _unevenSince = time.GetTimestamp();
            logger.Uneven(spread.Own, spread.Average, spread.Lightest, spread.Heaviest);
        }

        if (time.GetElapsedTime(_unevenSince.Value) < options.Value.Patience || spread.Moves == 0 || _inVain.IsPaused)
            return 0;

        if (_inVain.Add(spread, spread.Moves))
            logger.MovedInVain(spread.Own, spread.Lightest);

        return spread.Moves;
    }

    private async Task MoveSomeAsync(int count, CancellationToken cancellationToken)
    {
        if (count == 0 || drain.IsDraining)
            return;

        var open = connections.All.Where(connection => connection.Closing is null).ToArray();
        Random.Shared.Shuffle(open);
        var moving = open.AsSpan(0, Math.Min(count, open.Length)).ToArray();
        Farewell.Announce(moving, Reason, BeforeClose);
        await Task.Delay(BeforeClose, time, cancellationToken);
        Farewell.Close(moving, CloseReason.Rebalancing);
    }
}
