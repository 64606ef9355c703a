using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.ChatServer.Draining;

/// <summary>An instance that drains is not ready.</summary>
internal sealed class DrainHealthCheck(DrainState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsDraining ? HealthCheckResult.Unhealthy("This instance is draining.") : HealthCheckResult.Healthy());
}
