using Aspire.Hosting.ApplicationModel;
using LocalAspire.Guard;
using LocalAspire.Orchestration.Ports;
using LocalAspire.Reporting;

namespace LocalAspire.Processes;

/// <summary>Starts and ends the processes of resources, with the guard in the know.</summary>
internal sealed class ProcessLauncher(AppGuard guard, RunMark mark, PortReservations ports, ResourceLoggerService loggers, TimeProvider time)
{
    /// <summary>A drain takes up to 10 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PreparationPatience = TimeSpan.FromSeconds(1);

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
        var started = time.GetTimestamp();
        if (child.Spec.BeforeStop is { } prepare)
            await PrepareAsync(prepare, log, impatience);

        ProcessLog.Stopping(log, child.Id);
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

    private async Task PrepareAsync(Func<CancellationToken, Task> prepare, ResourceLog log, CancellationToken impatience)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(impatience);
        try
        {
            await prepare(limit.Token).WaitAsync(PreparationPatience, time, impatience);
        }
        catch (Exception e)
        {
            // It is stopped all the same.
            ProcessLog.NotPrepared(log, e.Message);
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    private async Task FollowAsync(ChildProcess child, ResourceLog log)
    {
        var exitCode = await child.Ended;
        guard.Ended(child.Id);
        ProcessLog.Ended(log, child.Id, exitCode);
    }
}
