using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Failover;

/// <summary>
/// Takes an instance out with the first request that finds it gone or draining, without waiting for a probe. One that
/// is only slow to answer is left to the probes: under a storm of reconnects that would take out all of them.
/// </summary>
internal sealed partial class OutAtOnce(IDestinationHealthUpdater health, ILogger<OutAtOnce> logger) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "OutAtOnce";

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.GetFailure() is var failure and (Failure.Unreachable or Failure.Draining))
        {
            if (destination.Health.Passive is not DestinationHealth.Unhealthy)
                LogOut(destination.DestinationId, failure);

            var reactivation = cluster.Model.Config.HealthCheck!.Passive!.ReactivationPeriod!.Value;
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, reactivation);
        }
    }

    [LoggerMessage(LogLevel.Information, "Instance '{Instance}' is out: a request found it {Failure}.")]
    private partial void LogOut(string instance, Failure failure);
}
