using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;

namespace LocalAspire.Orchestration;

/// <summary>Tells everybody what becomes of a resource.</summary>
internal sealed class ResourceStates(IResource resource, ResourceRuntime runtime)
{
    public Task WaitingAsync() => PublishAsync(snapshot => Fresh(snapshot) with
    {
        State = KnownResourceStates.Waiting,
    });

    public Task StartingAsync() => PublishAsync(snapshot => Fresh(snapshot) with
    {
        State = KnownResourceStates.Starting,
    });

    public Task RunningAsync(LaunchSpec? spec, int? processId, IReadOnlyDictionary<string, string> variables) => PublishAsync(snapshot => snapshot with
    {
        State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
        StartTimeStamp = Now,
        Properties = ResourceProperties.Of(resource, spec, processId),
        EnvironmentVariables = [.. variables.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, IsFromSpec: true))],
        Urls = Active(snapshot.Urls, true),
    });

    public Task StoppingAsync() => PublishAsync(snapshot => snapshot with
    {
        State = KnownResourceStates.Stopping,
    });

    /// <param name="exitCode">Null where there was no process.</param>
    /// <param name="asked">Its end was wanted: then no exit code is a failure.</param>
    public Task EndedAsync(int? exitCode, bool asked) => PublishAsync(snapshot => snapshot with
    {
        State = (exitCode, asked) switch
        {
            (_, true) => new(KnownResourceStates.Exited, KnownResourceStateStyles.Info),
            (0, _) => new(KnownResourceStates.Finished, KnownResourceStateStyles.Success),
            _ => new(KnownResourceStates.Exited, KnownResourceStateStyles.Error),
        },
        ExitCode = exitCode,
        StopTimeStamp = Now,
        Urls = Active(snapshot.Urls, false),
    });

    public Task StoppedBeforeStartAsync() => PublishAsync(snapshot => snapshot with
    {
        State = KnownResourceStates.NotStarted,
    });

    public Task FailedToStartAsync() => PublishAsync(snapshot => snapshot with
    {
        State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
        StopTimeStamp = Now,
    });

    private DateTime Now => runtime.Time.GetUtcNow().UtcDateTime;

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => runtime.Notifications.PublishUpdateAsync(resource, change);

    /// <summary>Nothing of an earlier life: neither its exit code nor what its health checks said.</summary>
    private CustomResourceSnapshot Fresh(CustomResourceSnapshot snapshot) => snapshot with
    {
        ExitCode = null,
        StartTimeStamp = null,
        StopTimeStamp = null,
        HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))],
    };

    private static ImmutableArray<UrlSnapshot> Active(ImmutableArray<UrlSnapshot> urls, bool active) =>
        [.. urls.Select(url => url with { IsInactive = !active })];
}
