using LocalAspire.Guard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Processes;

/// <summary>
/// Clears away what an earlier run left, whose app host and guard were both killed: its processes might hold the ports
/// that this run needs. Nothing is touched but what carries the mark of a run whose app host is dead.
/// </summary>
internal sealed class Leftovers(ILogger<Leftovers> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (processId, mark) in ProcessTable.Marked())
        {
            if (!mark.HostIsAlive && Posix.Signal(processId, Posix.SIGKILL))
                ProcessLog.LeftoverEnded(logger, processId, mark);
        }

        foreach (var directory in RunDirectory.Leftovers())
            Remove(directory);

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ProcessLog.LeftoverStays(logger, directory, e.Message);
        }
    }
}
