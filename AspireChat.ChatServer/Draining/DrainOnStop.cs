using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Draining;

/// <summary>Drains before anything else stops: once the web server is stopping, it would cut the sockets without a close.</summary>
internal sealed class DrainOnStop(IDrain drain, IOptions<DrainOptions> options) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        drain.StartAsync(TimeSpan.FromSeconds(options.Value.Seconds), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
