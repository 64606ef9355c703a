using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>Waits for what a resource depends on. One that has failed is waited for all the same: somebody may restart it.</summary>
internal static class DependencyWaits
{
    public static Task WaitAsync(IResource resource, ResourceNotificationService notifications, ILogger logger, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Select(wait => WaitAsync(resource, wait, notifications, logger, cancellationToken)));

    private static async Task WaitAsync(IResource resource, WaitAnnotation wait, ResourceNotificationService notifications, ILogger logger, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        OrchestrationLog.Waiting(logger, name);
        var reached = await notifications.WaitForResourceAsync(name, change => IsReached(wait.WaitType, change.Snapshot), cancellationToken);
        if (wait.WaitType == WaitType.WaitForCompletion && reached.Snapshot.ExitCode != wait.ExitCode)
            throw new DistributedApplicationException($"The resource '{resource.Name}' cannot start: it waits for '{name}' to end with exit code {wait.ExitCode}, and it ended with {reached.Snapshot.ExitCode?.ToString() ?? "none"}. See the log of '{name}'.");
    }

    private static bool IsReached(WaitType type, CustomResourceSnapshot snapshot) => type switch
    {
        WaitType.WaitUntilHealthy => snapshot.HealthStatus == HealthStatus.Healthy,
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        _ => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text),
    };
}
