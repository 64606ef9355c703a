using AspireChat.Gateway.Failover;
using AspireChat.Gateway.Instances;
using AspireChat.Gateway.Probing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace AspireChat.Gateway.Proxy;

/// <summary>
/// The one cluster, which holds every instance: one, so that what a request of any route learns about an instance
/// counts for all routes, and each instance is probed once.
/// </summary>
internal static class ChatCluster
{
    public const string Id = "chat";

    public static ClusterConfig Of(IEnumerable<Instance> instances, GatewayOptions options) => new()
    {
        ClusterId = Id,
        Destinations = instances.ToDictionary(
            instance => instance.Name,
            instance => new DestinationConfig { Address = instance.Address.AbsoluteUri, Host = instance.Host },
            StringComparer.OrdinalIgnoreCase),
        LoadBalancingPolicy = options.LoadBalancing switch
        {
            LoadBalancing.LeastRequests => LoadBalancingPolicies.LeastRequests,
            _ => RoundRobinPerRoute.PolicyName,
        },
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = options.IdleTimeout,
            Version = System.Net.HttpVersion.Version11, // What a chat server's upgrade speaks.
        },
        HealthCheck = new HealthCheckConfig
        {
            AvailableDestinationsPolicy = ReadyOrPanic.PolicyName,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Path = "/health",
                Interval = options.ProbeInterval,
                Timeout = options.ProbeTimeout,
                Policy = InstanceProbes.PolicyName,
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true,
                Policy = OutAtOnce.PolicyName,
                // By then the probes have seen for themselves what the request met, and keep the instance out if need be.
                ReactivationPeriod = (options.ProbeFailures + 1) * options.ProbeInterval,
            },
        },
    };
}
