using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;
using LocalAspire.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const int Ok = 200;

    /// <summary>Takes the resource for healthy while a GET is answered with that status.</summary>
    /// <param name="path">Default <c>/</c>.</param>
    /// <param name="statusCode">Default 200.</param>
    /// <param name="endpointName">Default: its first HTTP endpoint.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var resource = builder.Resource;
        var name = endpointName
            ?? resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.UriScheme is "http" or "https")?.Name
            ?? throw new DistributedApplicationException($"The resource '{resource.Name}' cannot have an HTTP health check: it has no HTTP endpoint. Add one first, with WithHttpEndpoint.");

        var endpoint = new EndpointReference(resource, name);
        if (!endpoint.Exists)
            throw ModelErrors.NoEndpoint(resource, name);

        var (relative, expected) = (path ?? "/", statusCode ?? Ok);
        return builder.WithAnnotation(new HealthCheckAnnotation(
            $"{resource.Name}_{name}_{relative}_{expected}_check",
            (services, cancellationToken) => services.GetRequiredService<HttpHealthCheck>().CheckAsync(endpoint, relative, expected, cancellationToken)));
    }
}
