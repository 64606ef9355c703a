using System.Diagnostics;

namespace AspireChat.LoadTest.Processes;

/// <summary>
/// A process of this one's own. A small shell holds a pipe from here and kills it at the pipe's end, so that nothing is left behind, however this process
/// ends; and until it is let go its id names no other.
/// </summary>
internal sealed class KeptProcess : IAsyncDisposable
{
    // Ctrl+C in a terminal, and what 'timeout' sends, reaches every process of the group: the keeper outlives it, to clear up. Its server may be told to end.
    private const string Keeper = """
        trap '' INT TERM HUP
        log=$KEEPER_LOG
        unset KEEPER_LOG
        exec 3<&0
        (trap - TERM HUP; exec "$@") </dev/null 3<&- >>"$log" 2>&1 &
        server=$!
        echo $server
        cat <&3 >/dev/null
        kill -KILL $server 2>/dev/null
        wait $server 2>/dev/null
        """;

    private readonly Process _keeper;

    private KeptProcess(Process keeper, int processId) => (_keeper, ProcessId) = (keeper, processId);

    public int ProcessId { get; }

    /// <summary>Whether it has not ended.</summary>
    public bool IsRunning
    {
        get
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{ProcessId}/stat");
                return !stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <param name="commandLine">Program and arguments.</param>
    /// <param name="environment">Added to this process's own; null takes away.</param>
    /// <param name="log">File for what it prints; null to forget that.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    public static async Task<KeptProcess> StartAsync(IEnumerable<string> commandLine, IReadOnlyDictionary<string, string?> environment, string? log, CancellationToken cancellationToken)
    {
        // A shell does not pass on what it could not name itself.
        var unnameable = environment.Where(variable => variable.Key.Contains('-', StringComparison.Ordinal)).Select(variable => $"{variable.Key}={variable.Value}");
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", "env", .. unnameable, .. commandLine]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        start.Environment["KEEPER_LOG"] = log ?? "/dev/null";
        var keeper = Process.Start(start)!;
        var processId = await keeper.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new CannotRunException("The shell that is to keep a process did not start.");
        return new KeptProcess(keeper, int.Parse(processId, null));
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{signal} {ProcessId}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    /// <returns>Whether it has ended.</returns>
    public async Task<bool> WaitUntilEndedAsync(TimeSpan within, CancellationToken cancellationToken = default)
    {
        var began = Stopwatch.GetTimestamp();
        while (IsRunning)
        {
            if (Stopwatch.GetElapsedTime(began) > within)
                return false;

            await Task.Delay(10, cancellationToken);
        }

        return true;
    }

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
