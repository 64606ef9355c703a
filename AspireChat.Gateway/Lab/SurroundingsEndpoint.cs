using AspireChat.Gateway.Probing;
using AspireChat.Gateway.Proxy;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;

namespace AspireChat.Gateway.Lab;

/// <summary><c>GET /lab/surroundings</c>: what the lab's page shows besides its own clients.</summary>
internal static class SurroundingsEndpoint
{
    public static void MapLabSurroundings(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/lab/surroundings", (IProxyStateLookup state, IOptions<LabOptions> options) =>
            new Surroundings(options.Value.DashboardUrl, [.. InstancesIn(state).OrderBy(instance => instance.Name.Length).ThenBy(instance => instance.Name, StringComparer.Ordinal)]));

    private static IEnumerable<InstanceHealth> InstancesIn(IProxyStateLookup state) =>
        state.TryGetCluster(ChatCluster.Id, out var cluster)
            ? cluster.DestinationsState.AllDestinations.Select(destination => new InstanceHealth(destination.DestinationId, destination.IsReady()))
            : [];
}

/// <param name="Dashboard">Where the dashboard is; null where there is none.</param>
/// <param name="Instances">All that the gateway knows.</param>
internal sealed record Surroundings(Uri? Dashboard, IReadOnlyList<InstanceHealth> Instances);

/// <param name="Name">The instance.</param>
/// <param name="Healthy">Whether the gateway gives connections to it.</param>
internal sealed record InstanceHealth(string Name, bool Healthy);
