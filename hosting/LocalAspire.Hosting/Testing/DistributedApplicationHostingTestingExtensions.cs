using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>How a test reaches the resources of an app.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client whose requests go to a resource; the caller's to dispose of.</summary>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    /// <param name="endpointName">Default: the endpoint <c>https</c> or <c>http</c>, or the only one.</param>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        if (Find(app, resourceName) is not IResourceWithEndpoints resource)
            throw new ArgumentException($"The resource '{resourceName}' has no endpoints.", nameof(resourceName));

        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var name = endpointName
            ?? endpoints.Find(endpoint => endpoint.Name is "https")?.Name
            ?? endpoints.Find(endpoint => endpoint.Name is "http")?.Name
            ?? (endpoints.Count == 1 ? endpoints[0].Name : "http");
        return new Uri(new EndpointReference(resource, name).Url);
    }

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"The resource '{resourceName}' has no connection string.", nameof(resourceName));

    private static IResource Find(DistributedApplication app, string resourceName)
    {
        var resources = app.Services.GetRequiredService<IResourceCollection>();
        return resources.FirstOrDefault(resource => ModelName.Same(resource.Name, resourceName))
            ?? throw ModelErrors.UnknownResource(resourceName, resources.Select(resource => resource.Name));
    }
}
