using Yarp.ReverseProxy.Configuration;

namespace AspireChat.Gateway.Proxy;

/// <summary>What is forwarded to the instances. Each route has its own turn, so API calls do not disturb the spread of connections.</summary>
internal static class ChatRoutes
{
    public static readonly IReadOnlyList<RouteConfig> All =
    [
        Route("connections", "/ws"),
        Route("api", "/api/{**rest}"),
        Route("admin", "/admin/{**rest}"), // The chat servers ask for the key.
        NamedInstance.Route,
    ];

    private static RouteConfig Route(string id, string path) => new()
    {
        RouteId = id,
        ClusterId = ChatCluster.Id,
        Match = new RouteMatch { Path = path },
    };
}
