using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Orchestration;

/// <summary>Starts and stops one resource, one thing at a time: the answer to its commands.</summary>
internal sealed class ResourceSupervisor(IResource resource, ResourceRuntime runtime) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ResourceLife? _life;
    private volatile bool _closed;

    public IResource Resource => resource;

    private bool IsAlive => _life is { Ended.IsCompleted: false };

    /// <summary>Answers once the resource runs, which it may have to wait for others to do.</summary>
    public async Task<ExecuteCommandResult> StartAsync(CancellationToken cancellationToken)
    {
        ResourceLife life;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsAlive)
                return CommandResults.Failure($"The resource '{resource.Name}' has been started already; stop it first, or restart it.");
            if (_closed)
                return CommandResults.Canceled();
            life = Begin();
        }
        finally
        {
            _turn.Release();
        }

        return await life.Started.WaitAsync(cancellationToken);
    }

    /// <summary>Answers once no process of it runs any more.</summary>
    public async Task<ExecuteCommandResult> StopAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsAlive)
                return CommandResults.Failure($"The resource '{resource.Name}' is not running; there is nothing to stop.");
            await EndLifeAsync(cancellationToken);
            return CommandResults.Success();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<ExecuteCommandResult> RestartAsync(CancellationToken cancellationToken)
    {
        ResourceLife life;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsAlive)
                await EndLifeAsync(cancellationToken);
            if (_closed)
                return CommandResults.Canceled();
            life = Begin();
        }
        finally
        {
            _turn.Release();
        }

        return await life.Started.WaitAsync(cancellationToken);
    }

    /// <summary>Begins to stop it for good, without waiting for commands that are under way; the task completes when it has ended.</summary>
    public Task BeginStop()
    {
        _closed = true;
        _life?.Stop();
        return _life?.Ended ?? Task.CompletedTask;
    }

    public void Kill() => _life?.Kill();

    public void Dispose()
    {
        _turn.Dispose();
        _life?.Dispose();
    }

    private ResourceLife Begin()
    {
        _life?.Dispose();
        return _life = new ResourceLife(resource, runtime);
    }

    private Task EndLifeAsync(CancellationToken cancellationToken)
    {
        _life!.Stop();
        return _life.Ended.WaitAsync(cancellationToken);
    }
}
