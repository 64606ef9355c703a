using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Probing;

/// <summary>
/// Which instances get requests: those that a probe found ready. One that has just appeared waits for its first probe, unless no other is ready. With none
/// ready, all get them: when Redis is lost, all instances are unready at once, and clients are to be told so by them.
/// </summary>
internal sealed class ReadyOrPanic : IAvailableDestinationsPolicy
{
    public const string PolicyName = "ReadyOrPanic";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        DestinationState[] ready = [.. allDestinations.Where(destination => destination.IsReady())];
        if (ready.Length > 0)
            return ready;

        DestinationState[] unknown = [.. allDestinations.Where(destination => destination.Health is { Active: DestinationHealth.Unknown, Passive: not DestinationHealth.Unhealthy })];
        return unknown.Length > 0 ? unknown : allDestinations;
    }
}
