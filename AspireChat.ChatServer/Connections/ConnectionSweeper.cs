using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Upkeep;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// Looks after all connections four times a second: pings them, and gives up those that are dead, silent or stuck. One timer for all, since one for each
/// would cost as much as the connections. While there are none, a second is soon enough to see the first.
/// </summary>
internal sealed class ConnectionSweeper(ConnectionDirectory connections, ConnectionSetup setup, Pulse pulse, ILogger<ConnectionSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a peer may take to answer a close that it has been sent.</summary>
    private static readonly TimeSpan CloseAnswer = TimeSpan.FromSeconds(1);

    /// <summary>How long the close itself may wait to be written.</summary>
    private static readonly TimeSpan CloseWrite = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _ping = TimeSpan.FromSeconds(setup.Options.PingSeconds);
    private readonly TimeSpan _dead = TimeSpan.FromSeconds(setup.Options.PingSeconds * 2);
    private readonly TimeSpan _stalled = TimeSpan.FromSeconds(setup.Options.StalledSeconds);

    /// <summary>A tick early, so that the close comes within the time and not after it.</summary>
    private readonly TimeSpan _silent = TimeSpan.FromSeconds(setup.Options.SilentSeconds) - Interval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = pulse.Every(Interval, isHasty: () => !connections.IsEmpty);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Sweep(setup.Time.GetTimestamp());
            }
            catch (Exception exception)
            {
                logger.SweepFailed(exception);
            }
        }
    }

    private void Sweep(long now)
    {
        foreach (var connection in connections.All)
        {
            if (connection.Closing is null)
            {
                Check(connection, now);
            }
            else
            {
                Finish(connection, now);
            }
        }
    }

    private void Check(ChatConnection connection, long now)
    {
        if (connection.Outbound.Stalled > _stalled)
        {
            connection.Close(CloseReason.SlowConsumer);
        }
        else if (Since(connection.HeardAt, now) > _dead)
        {
            connection.Close(CloseReason.PingTimeout);
        }
        else if (!connection.HasSpoken && Since(connection.OpenedAt, now) > _silent)
        {
            connection.Close(CloseReason.Silent);
        }
        else if (Since(connection.PingedAt, now) > _ping)
        {
            connection.PingedAt = now;
            connection.Send(ServerFrame.Ping);
        }
    }

    private void Finish(ChatConnection connection, long now)
    {
        var limit = connection.Outbound.IsEnded ? CloseAnswer : CloseWrite;
        if (Since(connection.ClosingSince, now) > limit)
        {
            connection.Abort();
        }
    }

    private TimeSpan Since(long then, long now) => setup.Time.GetElapsedTime(then, now);
}
