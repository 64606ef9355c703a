using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>Not ready before the mode that counts is known: an instance in another mode than the others would lose what it is sent.</summary>
internal sealed class ModeHealthCheck(ModeFollower follower) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(follower.Informed
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The mode of the backplane could not be read from Redis yet."));
}
