using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace AspireChat.Gateway.Proxy;

internal sealed record InstanceProxyConfig(
    IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters, IChangeToken ChangeToken) : IProxyConfig;
