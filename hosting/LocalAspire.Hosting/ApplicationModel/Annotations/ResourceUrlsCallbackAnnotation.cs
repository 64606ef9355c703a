namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs once all ports are known.</summary>
internal sealed class ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback) : IResourceAnnotation
{
    public Action<ResourceUrlsCallbackContext> Callback { get; } = callback;
}
