using AspireChat.ChatServer.Upkeep;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Looks after the rooms once a second; see <see cref="RoomDirectory.SweepAsync"/>.</summary>
internal sealed class RoomSweeper(RoomDirectory rooms, ActiveBackplane active, Pulse pulse, ILogger<RoomSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Rooms forget messages when they are between 15 and 30 of these intervals old.</summary>
    private const int AgeEvery = 15;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = pulse.Every(Interval);
        for (var turn = 1; await timer.WaitForNextTickAsync(stoppingToken); turn++)
        {
            try
            {
                if (active.TryUse(out var use))
                {
                    using (use)
                    {
                        await rooms.SweepAsync(use.Backplane, age: turn % AgeEvery == 0, stoppingToken);
                    }
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.SweepFailed(exception);
            }
        }
    }
}
