using AspireChat.Gateway.Instances;
using AspireChat.Gateway.Probing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;

namespace AspireChat.Gateway.Proxy;

/// <summary>
/// Ready while there is an instance to route to. With every instance unready the gateway still routes, and it still routes to those that it knows while
/// nobody tells it of others: degraded, not unready.
/// </summary>
internal sealed class InstancesHealthCheck(IProxyStateLookup state, IInstanceSource source) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var trouble = source.Trouble;
        if (!state.TryGetCluster(ChatCluster.Id, out var cluster) || cluster.DestinationsState.AvailableDestinations.Count == 0)
        {
            return HealthCheckResult.Unhealthy($"There is no chat instance to route to. {trouble}".TrimEnd());
        }

        var all = cluster.DestinationsState.AllDestinations;
        var up = all.Count(instance => instance.IsReady());
        if (up == 0)
            return HealthCheckResult.Degraded($"None of {all.Count} chat instances is up; requests are routed to them all the same.");

        return trouble is null
            ? HealthCheckResult.Healthy($"{up} of {all.Count} chat instances are up.")
            : HealthCheckResult.Degraded($"{up} of {all.Count} chat instances are up; whether there are others is not known. {trouble}");
    }
}
