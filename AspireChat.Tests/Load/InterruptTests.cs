using System.Diagnostics;
using AspireChat.LoadTest;
using AspireChat.Tests.Auditing;

namespace AspireChat.Tests.Load;

/// <summary>Ctrl+C, on the tool as a process of its own.</summary>
public sealed class InterruptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_interrupted_ends_soon_with_a_report_and_leaves_no_connection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are POSIX.");
        await using var server = await ToyServer.StartAsync();
        using var process = Start("fan-out", "-t", $"{server.Targets[0]}", "-c", "4", "--rates", "20", "-s", "600", "--warm-up", "0", "--max-p99", "1m");
        await UntilAsync(process, "20 msg/s: 600 s");
        await Eventually.Is("all are connected", () => server.Connections > 4);

        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var report = await process.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(Patience, Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("INTERRUPTED: what was measured until then kept all thresholds.", report, StringComparison.Ordinal);
        Assert.Contains("0 lost", report, StringComparison.Ordinal);
        await Eventually.Is("no connection is left", () => server.Connections == 0);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_while_it_connects_ends_soon_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are POSIX.");
        await using var server = await ToyServer.StartAsync();
        using var process = Start("idle", "-t", $"{server.Targets[0]}", "-c", "100000", "-r", "1", "--connect-rate", "5");
        await Eventually.Is("some are connected", () => server.Connections > 4, Patience);

        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var report = await process.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(Patience, Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("INTERRUPTED", report, StringComparison.Ordinal);
        await Eventually.Is("no connection is left", () => server.Connections == 0);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(LoadTestCommand).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task UntilAsync(Process process, string line)
    {
        while (await process.StandardError.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation) is { } said)
        {
            if (said.StartsWith(line, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"It ended before it said '{line}'.");
    }
}
