using System.Diagnostics;

namespace LocalAspire.Guard;

/// <summary>
/// Ends what a run has left behind: the groups of its children, and every process that carries its mark. Killed at once,
/// not asked: whoever relied on an orderly stop relied on the app host, which is gone.
/// </summary>
internal sealed class Sweep(RunMark? run, IReadOnlyDictionary<int, DateTime?> children)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>Repeats until nothing is found: a process may have started another while it was being ended.</summary>
    public async Task RunAsync()
    {
        foreach (var (processId, startTime) in children)
            EndGroup(processId, startTime);

        var started = Stopwatch.GetTimestamp();
        while (EndMarked() && Stopwatch.GetElapsedTime(started) < Limit)
            await Task.Delay(Interval);
    }

    private static void EndGroup(int processId, DateTime? startTime)
    {
        // No process bears a group's number while the group has a member, so only a stranger can have another start time.
        if (ProcessIdentity.StartTime(processId) is { } now && now != startTime)
            return;

        if (OperatingSystem.IsWindows())
            EndTree(processId);
        else if (!Posix.SignalGroup(processId, Posix.SIGKILL))
            Posix.Signal(processId, Posix.SIGKILL);
    }

    private static void EndTree(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // Ended by itself meanwhile.
        }
    }

    private bool EndMarked()
    {
        var found = false;
        foreach (var (processId, mark) in ProcessTable.Marked())
        {
            if (mark == run)
                found |= Posix.Signal(processId, Posix.SIGKILL);
        }

        return found;
    }
}
