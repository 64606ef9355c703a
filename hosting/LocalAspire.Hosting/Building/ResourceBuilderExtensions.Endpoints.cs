using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <param name="port">The port that others use; null to have one picked.</param>
    /// <param name="targetPort">The port that the resource listens on. The stand-in has no proxy: with both given, both must be the same.</param>
    /// <param name="env">The variable that tells the resource its port.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool isProxied = true,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, transport: null, name, port, targetPort, isExternal, isProxied) { PortVariable = env };
        if (Find(builder.Resource, endpoint.Name) is not null)
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' cannot be added: the resource '{builder.Resource.Name}' has one of that name already. Name it, or change the former with WithEndpoint(\"{endpoint.Name}\", endpoint => …).");

        return builder.WithAnnotation(endpoint);
    }

    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = Find(builder.Resource, endpointName);
        if (endpoint is null && createIfNotExists)
            builder.WithAnnotation(endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName));
        if (endpoint is not null)
            callback(endpoint);
        return builder;
    }

    /// <summary>Marks the HTTP endpoints as meant for people and programs outside the app. The stand-in still listens on loopback alone.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints =>
        new(builder.Resource, name);

    private static EndpointAnnotation? Find(IResource resource, string endpointName) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => ModelName.Same(endpoint.Name, endpointName));
}
