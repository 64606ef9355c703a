using AspireChat.ChatServer.Instances;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Draining;

/// <summary>
/// Drains when another instance was started under this one's name: of two that both go on, each would take the other for dead. It does not end: whatever
/// restarts processes would start it again, and it would take the name back, and so on.
/// </summary>
internal sealed class DrainWhenSuperseded(InstanceHeartbeat heartbeat, IDrain drain, IOptions<DrainOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await heartbeat.Superseded.WaitAsync(stoppingToken);
        await drain.StartAsync(TimeSpan.FromSeconds(options.Value.CommandSeconds), stoppingToken);

        // What it wrote on the way, others may have cleared too early.
        await heartbeat.EndAsync();
    }
}
