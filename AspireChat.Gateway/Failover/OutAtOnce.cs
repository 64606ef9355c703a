using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Failover;

/// <summary>
/// Takes an instance out with the first request that finds it gone or draining, without waiting for a probe. One that
/// is only slow to answer is left to the probes: under a storm of reconnects that would take out all of them.
/// </summary>
internal sealed class OutAtOnce(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "OutAtOnce";

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.GetFailure() is Failure.Unreachable or Failure.Draining)
        {
            var reactivation = cluster.Model.Config.HealthCheck!.Passive!.ReactivationPeriod!.Value;
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, reactivation);
        }
    }
}
