using LocalAspire.Guard;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Processes;

/// <summary>
/// Stops the app when the <c>dotnet run</c> that started it is killed: nobody could stop it any more. A shell or a service
/// manager, on the other hand, may well end before the app is meant to.
/// </summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OperatingSystem.IsWindows())
            return;

        var parent = Posix.ParentProcessId;
        if (!IsDotnetRun(parent))
            return;

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // An orphan is given to another parent at once.
            if (Posix.ParentProcessId != parent)
            {
                lifetime.StopApplication();
                return;
            }
        }
    }

    private static bool IsDotnetRun(int processId) =>
        ProcessTable.CommandLine(processId) is [var program, .. var arguments]
        && Path.GetFileNameWithoutExtension(program) == "dotnet"
        && arguments.Any(argument => argument is "run" or "watch");
}
