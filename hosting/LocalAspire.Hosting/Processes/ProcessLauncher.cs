using Aspire.Hosting.ApplicationModel;
using LocalAspire.Guard;
using LocalAspire.Orchestration.Ports;

namespace LocalAspire.Processes;

/// <summary>Starts and ends the processes of resources, with the guard in the know.</summary>
internal sealed class ProcessLauncher(AppGuard guard, RunMark mark, PortReservations ports, ResourceLoggerService loggers, TimeProvider time)
{
    /// <summary>A drain takes up to 10 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public ChildProcess Launch(IResource resource, LaunchSpec spec, IReadOnlyDictionary<string, string> variables)
    {
        ports.Release(resource);

        var arguments = resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments);
        var log = loggers.Log(resource.Name);
        var child = ChildProcess.Start(resource.Name, spec with { Arguments = [.. spec.Arguments, .. arguments] }, variables, mark, log);
        guard.Began(child.Id);
        ProcessLog.Started(log, child.Id, spec.Program);
        _ = FollowAsync(child, log);
        return child;
    }

    /// <summary>Asks the process to stop, and kills it when the patience is over, or somebody has none.</summary>
    public async Task EndAsync(IResource resource, ChildProcess child, CancellationToken impatience)
    {
        var log = loggers.Log(resource.Name);
        ProcessLog.Stopping(log, child.Id);
        var started = time.GetTimestamp();
        child.Terminate();
        try
        {
            await child.Ended.WaitAsync(Patience, time, impatience);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            ProcessLog.Killed(log, child.Id, Math.Round(time.GetElapsedTime(started).TotalSeconds, 1));
            child.Kill();
            await child.Ended;
        }
    }

    private async Task FollowAsync(ChildProcess child, Reporting.ResourceLog log)
    {
        var exitCode = await child.Ended;
        guard.Ended(child.Id);
        ProcessLog.Ended(log, child.Id, exitCode);
    }
}
