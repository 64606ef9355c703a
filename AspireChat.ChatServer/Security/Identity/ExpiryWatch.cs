using AspireChat.ChatServer.Upkeep;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Ends connections whose token has expired, within a second.</summary>
internal sealed class ExpiryWatch(IUserConnections connections, Pulse pulse, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = pulse.Every(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            connections.CloseExpired(time.GetUtcNow());
    }
}
