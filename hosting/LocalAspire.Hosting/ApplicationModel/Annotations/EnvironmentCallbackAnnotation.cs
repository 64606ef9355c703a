namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs each time the resource starts.</summary>
internal sealed class EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) : IResourceAnnotation
{
    public Action<EnvironmentCallbackContext> Callback { get; } = callback;
}
