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
        await using var tool = Start("fan-out", "-t", $"{server.Targets[0]}", "-c", "4", "--rates", "20", "-s", "600", "--warm-up", "0", "--max-p99", "1m");
        await tool.UntilSaidAsync("20 msg/s: 600 s");
        await Eventually.Is("all are connected", () => server.Connections > 4);

        var (exit, report) = await tool.InterruptAsync();

        Assert.Equal(130, exit);
        Assert.Contains("INTERRUPTED: what was measured until then kept all thresholds.", report, StringComparison.Ordinal);
        Assert.Contains("0 lost", report, StringComparison.Ordinal);
        await Eventually.Is("no connection is left", () => server.Connections == 0);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_while_it_connects_ends_soon_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are POSIX.");
        await using var server = await ToyServer.StartAsync();
        await using var tool = Start("idle", "-t", $"{server.Targets[0]}", "-c", "100000", "-r", "1", "--connect-rate", "5");
        await Eventually.Is("some are connected", () => server.Connections > 4, Patience);

        var (exit, report) = await tool.InterruptAsync();

        Assert.Equal(130, exit);
        Assert.Contains("INTERRUPTED", report, StringComparison.Ordinal);
        await Eventually.Is("no connection is left", () => server.Connections == 0);
    }

    private static Tool Start(params string[] arguments) => new(Process.Start(new ProcessStartInfo("dotnet", [typeof(LoadTestCommand).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>The tool, which ends with its test at the latest.</summary>
    private sealed class Tool(Process process) : IAsyncDisposable
    {
        public async Task UntilSaidAsync(string line)
        {
            while (await process.StandardError.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation) is { } said)
            {
                if (said.StartsWith(line, StringComparison.Ordinal))
                    return;
            }

            Assert.Fail($"It ended before it said '{line}'.");
        }

        public async Task<(int Exit, string Report)> InterruptAsync()
        {
            using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            var report = await process.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(Patience, Cancellation);
            await process.WaitForExitAsync(Cancellation);
            return (process.ExitCode, report);
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
