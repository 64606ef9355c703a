using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>Not ready while the canary's room is silent here. Its data: seconds since each instance was heard, for whoever publishes health reports.</summary>
internal sealed class CanaryHealthCheck(CanaryWatch canary) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = canary.Ages().ToDictionary(age => age.Key, age => (object)age.Value.TotalSeconds);
        return Task.FromResult(canary.Trouble is { } trouble
            ? HealthCheckResult.Unhealthy($"The canary is not heard: {trouble}. Its subscriptions are being made anew.", data: data)
            : HealthCheckResult.Healthy("The canary is heard, or there is nothing to judge by.", data));
    }
}
