using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;

namespace LocalAspire.Orchestration;

/// <summary>One life of a resource, from its waiting for others to the end of its process: the whole of it is <see cref="RunAsync"/>.</summary>
internal sealed class ResourceLife : IDisposable
{
    private readonly IResource _resource;
    private readonly ResourceRuntime _runtime;
    private readonly ResourceStates _states;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly TaskCompletionSource<ExecuteCommandResult> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResourceLife(IResource resource, ResourceRuntime runtime)
    {
        _resource = resource;
        _runtime = runtime;
        _states = new ResourceStates(resource, runtime);
        Ended = Task.Run(RunAsync);
    }

    /// <summary>Completes when the resource runs, or with the reason why it does not.</summary>
    public Task<ExecuteCommandResult> Started => _started.Task;

    /// <summary>Completes when no process of it runs any more. Never fails: what goes wrong becomes the resource's state.</summary>
    public Task Ended { get; }

    /// <summary>Asks it to stop, whatever it is doing.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends the patience with a process that was asked to stop.</summary>
    public void Kill() => _kill.Cancel();

    /// <summary>Once it has ended.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _kill.Dispose();
    }

    private async Task RunAsync()
    {
        var logger = _runtime.Loggers.GetLogger(_resource);
        try
        {
            if (_resource.Annotations.OfType<WaitAnnotation>().Any())
                await _states.WaitingAsync();
            await DependencyWaits.WaitAsync(_resource, _runtime.Notifications, logger, _stop.Token);

            await _states.StartingAsync();
            var variables = await StartingEnvironment.OfAsync(_resource, _runtime.ExecutionContext, logger, _stop.Token);
            var spec = _resource.Annotations.OfType<LaunchAnnotation>().Single().Launch(_runtime.Services);
            var child = spec is null ? null : _runtime.Launcher.Launch(_resource, spec, variables);
            await _states.RunningAsync(spec, child?.Id, variables);
            _started.TrySetResult(CommandResults.Success());

            await LiveAsync(child);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await _states.StoppedBeforeStartAsync();
        }
        catch (DistributedApplicationException e)
        {
            OrchestrationLog.CannotStart(logger, e.Message);
            await _states.FailedToStartAsync();
            _started.TrySetResult(CommandResults.Failure(e));
        }
        catch (Exception e)
        {
            OrchestrationLog.Failed(logger, e);
            await _states.FailedToStartAsync();
            _started.TrySetResult(CommandResults.Failure(e));
        }
        finally
        {
            _started.TrySetResult(CommandResults.Canceled());
        }
    }

    /// <param name="child">Null where the resource runs elsewhere: then only its health is followed.</param>
    private async Task LiveAsync(ChildProcess? child)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var health = _runtime.Health.WatchAsync(_resource, ending.Token);

        var stopped = Task.Delay(Timeout.Infinite, _stop.Token);
        await Task.WhenAny(child?.Ended ?? stopped, stopped);
        var asked = child is not { Ended.IsCompleted: true };

        await ending.CancelAsync();
        await health;
        if (asked)
            await _states.StoppingAsync();
        if (asked && child is not null)
            await _runtime.Launcher.EndAsync(_resource, child, _kill.Token);

        await _states.EndedAsync(child is null ? null : await child.Ended, asked);
    }
}
