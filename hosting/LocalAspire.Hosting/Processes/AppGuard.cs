using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using LocalAspire.Guard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Processes;

/// <summary>
/// Runs the guard, a small process that ends the children of this app host when the app host does not come to it: after
/// kill -9. It holds the reading end of a pipe that nobody but this process writes to, and learns of each child by it.
/// </summary>
internal sealed class AppGuard(RunMark mark, RunDirectory directory, ILogger<AppGuard> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Process? _process;
    private volatile bool _stopping;

    public static string ProgramPath { get; } = typeof(RunMark).Assembly.Location;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        directory.Create();

        var start = new ProcessStartInfo(DotnetHost.Path, [ProgramPath, "watch"])
        {
            RedirectStandardInput = true,
            // Its ends of the app host's own streams would keep those open for whoever reads them.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        // Where this app host is itself the child of another, its guard must outlive it nonetheless.
        start.Environment.Remove(RunMark.VariableName);

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DistributedApplicationException($"The guard process cannot be started: {e.Message}. It needs '{DotnetHost.Path}'; repair the .NET installation.", e);
        }

        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) =>
        {
            if (!_stopping)
                ProcessLog.GuardEnded(logger, _process.Id, _process.ExitCode);
        };
        Tell("run", mark.ToString());
        Tell("directory", directory.Path);
        return Task.CompletedTask;
    }

    public void Began(int processId) => Tell("start", processId.ToString(CultureInfo.InvariantCulture));

    public void Ended(int processId) => Tell("end", processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends the pipe. The guard does then what it always does: it looks for what is left, and removes the directory.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is null)
            return;

        _stopping = true;
        lock (_lock)
            _process.StandardInput.Close();

        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // It goes on by itself, and needs nobody.
        }
    }

    public void Dispose() => _process?.Dispose();

    private void Tell(string word, string value)
    {
        lock (_lock)
        {
            if (_process is null || _stopping)
                return;

            try
            {
                _process.StandardInput.WriteLine($"{word} {value}");
                _process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // The guard has ended, which was said already.
            }
        }
    }
}
