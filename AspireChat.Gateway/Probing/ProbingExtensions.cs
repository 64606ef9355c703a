using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Probing;

internal static class ProbingExtensions
{
    public static void AddProbing(this IServiceCollection services)
    {
        services.AddSingleton<IActiveHealthCheckPolicy, InstanceProbes>();
        services.AddSingleton<IAvailableDestinationsPolicy, ReadyOrPanic>();
    }

    /// <summary>Whether a probe found it ready, and no request has found it gone or draining since.</summary>
    public static bool IsReady(this DestinationState instance) =>
        instance.Health is { Active: DestinationHealth.Healthy, Passive: not DestinationHealth.Unhealthy };
}
