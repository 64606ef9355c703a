using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Proxy;

/// <summary>
/// Ready while there is an instance to route to. With every instance unhealthy the gateway still routes (HealthyOrPanic):
/// degraded, not unready.
/// </summary>
internal sealed class InstancesHealthCheck(IProxyStateLookup state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (!state.TryGetCluster(ChatCluster.Id, out var cluster) || cluster.DestinationsState.AvailableDestinations.Count == 0)
        {
            return HealthCheckResult.Unhealthy("There is no chat instance to route to.");
        }

        var all = cluster.DestinationsState.AllDestinations;
        var up = all.Count(IsUp);
        return up > 0
            ? HealthCheckResult.Healthy($"{up} of {all.Count} chat instances are up.")
            : HealthCheckResult.Degraded($"None of {all.Count} chat instances is up; requests are routed to them all the same.");
    }

    private static bool IsUp(DestinationState destination) =>
        destination.Health.Active != DestinationHealth.Unhealthy && destination.Health.Passive != DestinationHealth.Unhealthy;
}
