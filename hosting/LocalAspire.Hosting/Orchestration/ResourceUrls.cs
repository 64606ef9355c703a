using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Orchestration;

/// <summary>Works out the addresses that are shown with each resource, once all ports are known.</summary>
internal sealed class ResourceUrls(IResourceCollection resources, ResourceNotificationService notifications, DistributedApplicationExecutionContext executionContext) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            var urls = Of(resource, cancellationToken);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Urls = urls });
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ImmutableArray<UrlSnapshot> Of(IResource resource, CancellationToken cancellationToken)
    {
        var endpoints = resource is IResourceWithEndpoints owner
            ? owner.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(owner, endpoint.Name))
            : [];
        var context = new ResourceUrlsCallbackContext(
            executionContext,
            resource,
            [.. endpoints.Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint }), .. resource.Annotations.OfType<ResourceUrlAnnotation>()],
            cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
            annotation.Callback(context);

        return [.. context.Urls.Select((url, index) => new UrlSnapshot(url.Endpoint?.EndpointName, Absolute(url), IsInternal(url))
        {
            IsInactive = true,
            DisplayProperties = new(url.DisplayText ?? "", index),
        })];
    }

    private static string Absolute(ResourceUrlAnnotation url) =>
        url is { Endpoint: { } endpoint } && url.Url.StartsWith('/') ? endpoint.Url + url.Url : url.Url;

    /// <summary>The addresses that a person opens are those of external endpoints, and those that the app gives itself.</summary>
    private static bool IsInternal(ResourceUrlAnnotation url) => url.Endpoint is { } endpoint && !endpoint.Get().IsExternal;
}
