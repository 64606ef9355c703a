using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting;
using LocalAspire.Guard;
using LocalAspire.Reporting;

namespace LocalAspire.Processes;

/// <summary>A running process of a resource, leader of a session and group of its own, with its output in the resource's log.</summary>
internal sealed class ChildProcess
{
    /// <summary>What was started by the process may hold its output open; it is not waited for longer.</summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    private readonly Process _process;

    private ChildProcess(Process process, ResourceLog log)
    {
        _process = process;
        Id = process.Id;
        var output = Task.WhenAll(
            CopyAsync(process.StandardOutput, log, isError: false),
            CopyAsync(process.StandardError, log, isError: true));
        Ended = EndAsync(output);
    }

    public int Id { get; }

    /// <summary>Completes with the exit code, once all output is in the log. A process ended by a signal has 128 and the signal's number.</summary>
    public Task<int> Ended { get; }

    /// <param name="variables">On top of what the app host itself has.</param>
    public static ChildProcess Start(string resourceName, LaunchSpec spec, IReadOnlyDictionary<string, string> variables, RunMark mark, ResourceLog log)
    {
        var start = new ProcessStartInfo(spec.Program, spec.Arguments)
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        InheritedEnvironment.Restrict(start.Environment);
        foreach (var (name, value) in variables.Concat(spec.Variables))
            start.Environment[name] = value;
        start.Environment[RunMark.VariableName] = mark.ToString();

        if (OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;
        else
            LeadSession(start, spec);

        try
        {
            var child = new ChildProcess(Process.Start(start)!, log);
            child.Feed(spec.StandardInput);
            return child;
        }
        catch (Win32Exception e)
        {
            throw new DistributedApplicationException($"The resource '{resourceName}' cannot start: '{spec.Program}' cannot be executed, {e.Message}. Check that it is a program for this machine.", e);
        }
    }

    /// <summary>Asks it to stop. What it has started is its own to stop; the rest is ended with it.</summary>
    public void Terminate()
    {
        if (OperatingSystem.IsWindows())
            Kill();
        else
            Posix.Signal(Id, Posix.SIGTERM);
    }

    public void Kill()
    {
        if (OperatingSystem.IsWindows())
            KillTree();
        else if (!Posix.SignalGroup(Id, Posix.SIGKILL))
            Posix.Signal(Id, Posix.SIGKILL);
    }

    /// <summary>.NET starts a process in the session of its parent, so the guard's program goes first, and becomes the other.</summary>
    private static void LeadSession(ProcessStartInfo start, LaunchSpec spec)
    {
        start.FileName = DotnetHost.Path;
        start.ArgumentList.Clear();
        foreach (var argument in (string[])[AppGuard.ProgramPath, "lead", spec.Program, .. spec.Arguments])
            start.ArgumentList.Add(argument);
    }

    private void Feed(string input)
    {
        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read.
        }
    }

    private async Task<int> EndAsync(Task output)
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
            Posix.SignalGroup(Id, Posix.SIGKILL);

        try
        {
            await output.WaitAsync(OutputPatience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Held open by a process that has left the group.
        }

        var exitCode = _process.ExitCode;
        _process.Dispose();
        return exitCode;
    }

    private static async Task CopyAsync(StreamReader reader, ResourceLog log, bool isError)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
                log.Append(line, isError);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed under our hands, after the patience was over.
        }
    }

    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Ended by itself meanwhile.
        }
    }
}
