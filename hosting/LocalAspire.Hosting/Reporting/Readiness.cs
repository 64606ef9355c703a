using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Reporting;

/// <summary>Follows the resources that start with the app until all of them do their work: healthy, or done with exit code 0.</summary>
internal sealed class Readiness(IResourceCollection resources)
{
    private readonly Dictionary<IResource, CustomResourceSnapshot?> _awaited = resources
        .Where(resource => resource.Annotations.OfType<LaunchAnnotation>().Any() && !resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
        .ToDictionary(resource => resource, _ => (CustomResourceSnapshot?)null);

    public bool IsComplete => _awaited.Values.All(IsReady);

    /// <summary>Those that are not ready, each with the reason.</summary>
    public IEnumerable<(IResource Resource, string Reason)> Missing() =>
        _awaited.Where(resource => !IsReady(resource.Value)).Select(resource => (resource.Key, Reason(resource.Key, resource.Value)));

    public void Take(ResourceEvent change)
    {
        if (_awaited.ContainsKey(change.Resource))
            _awaited[change.Resource] = change.Snapshot;
    }

    public static bool IsReady(CustomResourceSnapshot? snapshot) =>
        snapshot?.HealthStatus == HealthStatus.Healthy || snapshot?.State?.Text == KnownResourceStates.Finished;

    private static string Reason(IResource resource, CustomResourceSnapshot? snapshot)
    {
        var state = snapshot?.State?.Text;
        if (state == KnownResourceStates.Waiting)
            return $"waits for {Building.ModelErrors.List(resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name))}";
        if (state == KnownResourceStates.Running)
            return $"runs, but is not healthy: {snapshot!.HealthReports.FirstOrDefault(report => report.Status != HealthStatus.Healthy)?.Description ?? "no health check has been answered yet"}";
        return snapshot?.ExitCode is { } code ? $"is {state} with exit code {code}" : $"is {state}";
    }
}
