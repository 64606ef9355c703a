using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.ChatServer.Backplane.Probe;

/// <summary>
/// Ready only while Redis is reached and the delivery probe is heard, in the modes that need them. The mode is that of the backplane in use; where none
/// is known yet, Redis is needed.
/// </summary>
internal sealed class BackplaneHealthCheck(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (services.GetService<DeliveryProbe>() is not { } probe)
            return HealthCheckResult.Healthy("No Redis is configured: this instance stands alone.");
        if (services.GetService<IBackplaneUser>()?.Current.Mode == BackplaneMode.Local)
            return HealthCheckResult.Healthy("The mode 'local' needs no Redis.");

        if (probe.IsHeard && probe.Away.ToArray() is { Length: > 0 } away)
            return HealthCheckResult.Degraded($"The shards of {string.Join<System.Net.EndPoint>(", ", away)} are away: their rooms stand still on every instance, the others go on.");

        return probe.IsHeard
            ? HealthCheckResult.Healthy("The delivery probe is heard.")
            : HealthCheckResult.Unhealthy("The delivery probe is not heard: what other instances publish does not reach this one. Check that Redis is up and reachable.");
    }
}
