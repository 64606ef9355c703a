using Microsoft.Extensions.Hosting;

namespace LocalAspire.Building;

/// <summary>Leaves it to others to say when the app stops.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
