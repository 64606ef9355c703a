using System.Diagnostics;
using AspireChat.LoadTest;
using AspireChat.LoadTest.Processes;

namespace AspireChat.Tests.FaultRuns;

/// <summary>Ctrl+C in the middle of a fault, on the tool as a process of its own.</summary>
public sealed class InterruptedFaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_interrupted_ends_all_that_it_has_started_and_leaves_no_file()
    {
        Assert.SkipWhen(RedisProgram.Path is null, "Neither 'redis-server' nor 'valkey-server' is on the PATH.");
        var folder = Directory.CreateTempSubdirectory("interrupted-");
        var start = new ProcessStartInfo("dotnet", [typeof(LoadTestCommand).Assembly.Location, "faults", "--seed", "1", "--only", "10"]) { RedirectStandardOutput = true };
        // What the runtime itself leaves there it leaves elsewhere.
        start.Environment["TMPDIR"] = folder.FullName;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var tool = Process.Start(start)!;
        try
        {
            while (await tool.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation) is { } line)
            {
                if (line.Contains("fault 10", StringComparison.Ordinal))
                    break;
            }

            int[] started = [.. Processes().Where(process => process.Environment.Contains(folder.FullName, StringComparison.Ordinal)).Select(process => process.Id)];
            Assert.True(started.Length > 5, $"Only {started.Length} processes were found.");
            using (var interrupt = Process.Start("kill", ["-INT", $"{tool.Id}"]))
                await interrupt.WaitForExitAsync(Cancellation);

            await tool.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
            await tool.WaitForExitAsync(Cancellation);

            Assert.Equal(130, tool.ExitCode);
            Assert.DoesNotContain(started, id => Directory.Exists($"/proc/{id}"));
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            tool.Kill();
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(int Id, string Environment)> Processes()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), out var id))
                continue;

            string environment;
            try
            {
                environment = File.ReadAllText(Path.Combine(process, "environ"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or another's.
                continue;
            }

            yield return (id, environment);
        }
    }
}
