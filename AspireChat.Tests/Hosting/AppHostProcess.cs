using System.Diagnostics;
using System.Reflection;
using LocalAspire.Processes;

namespace AspireChat.Tests.Hosting;

/// <summary>The app host of AspireChat as a person starts it: a process of its own.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // One instance, and a port that nobody else wants.
    private static readonly string[] Arguments = ["--Parameters:instances=1", "--LocalAspire:RandomizePorts=true"];

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly Lock _lock = new();
    private readonly Task _reading;

    private AppHostProcess(string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks at processes by Linux's /proc.");

        _process = Process.Start(new ProcessStartInfo(DotnetHost.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_lock)
                return [.. _output];
        }
    }

    public static AppHostProcess Start(params string[] arguments) =>
        new([typeof(Projects.AspireChat_AppHost).Assembly.Location, .. Arguments, .. arguments]);

    public static AppHostProcess StartByDotnetRun()
    {
        var configuration = typeof(Projects.AspireChat_AppHost).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return new(["run", "--no-build", "-c", configuration, "--project", Projects.AspireChat_AppHost.ProjectPath, "--", .. Arguments]);
    }

    public async Task<IReadOnlyList<int>> UntilReadyAsync()
    {
        await Eventually.Is("the app is ready", () => _process.HasExited || Output.Any(line => line.StartsWith("Ready after", StringComparison.Ordinal)), Patience);
        Assert.False(_process.HasExited, string.Join('\n', Output));
        return Processes.DescendantsOf(Id);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _reading.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    public void Signal(int signalNumber) => LocalAspire.Guard.Posix.Signal(Id, signalNumber);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lock)
                _output.Add(line);
        }
    }
}
