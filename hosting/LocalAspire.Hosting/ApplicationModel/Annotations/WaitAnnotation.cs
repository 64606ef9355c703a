namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that another waits for before it starts.</summary>
internal sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    /// <summary>What it must have ended with, for <see cref="WaitType.WaitForCompletion"/>.</summary>
    public int ExitCode { get; } = exitCode;
}

internal enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
    WaitUntilStarted,
}
