using System.Collections.Concurrent;
using System.Diagnostics;
using AspireChat.ChatServer;

namespace AspireChat.Tests.ChatServers;

/// <summary>A chat server as it is deployed by hand: a process of its own, set up by its environment alone.</summary>
internal sealed class InstanceProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private InstanceProcess(string name, Process process, Uri address)
    {
        Name = name;
        _process = process;
        Address = address;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Bytes of memory that it holds.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="name">The instance's name.</param>
    /// <param name="redis">The connection string.</param>
    /// <param name="environment">What else it is told: <c>("Chat__Backplane", "pubsub")</c>.</param>
    public static async Task<InstanceProcess> StartAsync(string name, string redis, params (string Key, string Value)[] environment)
    {
        var program = typeof(ChatOptions).Assembly.Location;
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
        (string Key, string Value)[] all =
        [
            ("ASPNETCORE_URLS", address.ToString()),
            ("ASPNETCORE_CONTENTROOT", Path.GetDirectoryName(program)!),
            ("ConnectionStrings__redis", redis),
            ("Chat__Instance", name),
            ("Chat__Limits__ConnectionsPerAddress", "0"),
            .. environment,
        ];
        foreach (var (key, value) in all)
            start.Environment[key] = value;

        var instance = new InstanceProcess(name, Process.Start(start)!, address);
        try
        {
            await instance.WaitUntilReadyAsync();
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        try
        {
            await Eventually.Is($"'{Name}' is ready", async () =>
            {
                try
                {
                    using var answer = await http.GetAsync("/health", TestContext.Current.CancellationToken);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }, TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} Its output:\n{string.Join('\n', _output.TakeLast(40))}");
        }
    }

    /// <summary>Ends it in good order: it drains. Not on Windows.</summary>
    public async Task TerminateAsync()
    {
        using (Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
