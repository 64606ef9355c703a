using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Reporting;

/// <summary>Puts the changes of resources into words, and what has failed together with the last lines of its log.</summary>
internal sealed class StateNews(ConsoleOutput console, ResourceLoggerService loggers, TimeProvider time)
{
    private const int LastLines = 10;

    private readonly Dictionary<IResource, (string? State, HealthStatus? Health)> _known = [];
    private readonly Dictionary<IResource, long> _starts = [];

    public void Tell(ResourceEvent change)
    {
        var (resource, snapshot) = (change.Resource, change.Snapshot);
        if (!resource.Annotations.OfType<LaunchAnnotation>().Any())
            return;

        var before = _known.GetValueOrDefault(resource);
        var now = _known[resource] = (snapshot.State?.Text, snapshot.HealthStatus);
        if (now == before)
            return;

        if (now.State == KnownResourceStates.Starting)
            _starts[resource] = time.GetTimestamp();

        if (now.Health == HealthStatus.Healthy)
            console.Line(resource, Healthy(resource), ConsoleMode.Changes);
        else if (before.Health == HealthStatus.Healthy && now.State == KnownResourceStates.Running)
            console.Line(resource, $"is not healthy any more: {snapshot.HealthReports.FirstOrDefault(report => report.Status != HealthStatus.Healthy)?.Description}", ConsoleMode.Changes);
        else if (snapshot.State?.Style == KnownResourceStateStyles.Error)
            TellFailure(resource, snapshot);
        else if (KnownResourceStates.TerminalStates.Contains(now.State))
            console.Line(resource, snapshot.ExitCode is { } code ? $"ended with exit code {code}" : "stopped", ConsoleMode.Changes);
    }

    private string Healthy(IResource resource) =>
        _starts.Remove(resource, out var start)
            ? string.Create(CultureInfo.InvariantCulture, $"is healthy, {time.GetElapsedTime(start).TotalSeconds:0.0} s after its start")
            : "is healthy again";

    private void TellFailure(IResource resource, CustomResourceSnapshot snapshot)
    {
        console.Line(resource, snapshot.ExitCode is { } code ? $"ended with exit code {code}; its last lines:" : "could not start:", ConsoleMode.Quiet);
        foreach (var line in loggers.Log(resource.Name).Tail(LastLines))
            console.Line(resource, $"  {line}", ConsoleMode.Quiet);
    }
}
