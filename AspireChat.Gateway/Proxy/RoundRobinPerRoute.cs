using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Proxy;

/// <summary>
/// Each destination in its turn, with one turn per route. YARP's own round robin has one per cluster: API calls between
/// two connections would then decide where the connections go.
/// </summary>
internal sealed class RoundRobinPerRoute : ILoadBalancingPolicy
{
    public const string PolicyName = "RoundRobinPerRoute";

    private readonly ConcurrentDictionary<string, StrongBox<int>> _turns = new();

    public string Name => PolicyName;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count == 0) return null;

        var turn = _turns.GetOrAdd(context.GetRouteModel().Config.RouteId, _ => new StrongBox<int>(-1));
        var index = (uint)Interlocked.Increment(ref turn.Value) % (uint)availableDestinations.Count; // Unsigned: it may wrap around.
        return availableDestinations[(int)index];
    }
}
