using System.Diagnostics;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>A server of the deployment: it can be ended and started again, at the same address.</summary>
internal sealed class Unit(string name, string project, string log, IReadOnlyDictionary<string, string> settings, Place? place = null) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new(SocketHandler.Create((place ?? Place.Here).NewSocket)) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int _port = FreePort.Take();
    private readonly Place _place = place ?? Place.Here;
    private volatile ServerProcess? _process;

    public string Name => name;

    public Uri Address => new($"http://{_place.Address}:{_port}");

    /// <summary>Its WebSocket endpoint.</summary>
    public Uri Socket => new($"ws://{_place.Address}:{_port}/ws");

    /// <summary>Whether it was started, and not ended since.</summary>
    public bool IsUp => _process is not null;

    /// <summary>Null while it is not up.</summary>
    public int? ProcessId => _process?.ProcessId;

    /// <summary>Starts it, unless it runs, and returns once it listens.</summary>
    public async Task StartAsync(CancellationToken cancellationToken, params (string Name, string Value)[] changes)
    {
        if (_process is not null)
            return;

        var (folder, program) = Repository.Project(project);
        var environment = new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = $"http://{_place.Address}:{_port}", ["ASPNETCORE_CONTENTROOT"] = folder };
        foreach (var (setting, value) in changes)
            environment[setting] = value;

        _process = await ServerProcess.StartAsync(_port, ["dotnet", program], environment, cancellationToken, log, _place);
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
            await process.DisposeAsync();
    }

    /// <summary>Tells it to end, and waits until it has.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It took longer than a minute.</exception>
    public async Task<TimeSpan> TerminateAsync(CancellationToken cancellationToken)
    {
        if (_process is not { } process)
            return TimeSpan.Zero;

        var began = Stopwatch.GetTimestamp();
        await process.SignalAsync("TERM");
        var ended = await process.WaitUntilEndedAsync(TimeSpan.FromMinutes(1), cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        await KillAsync();
        return ended ? took : throw new TimeoutException($"'{name}' had not ended a minute after it was told to.");
    }

    /// <summary>Waits until it says of itself that it is ready, or that it is not.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> WaitUntilAsync(bool ready, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (await IsReadyAsync(cancellationToken) != ready)
        {
            if (Stopwatch.GetElapsedTime(began) > ReadyTimeout)
                throw new TimeoutException($"'{name}' was not {(ready ? "ready" : "unready")} within {ReadyTimeout.TotalSeconds:0} s.");

            await Task.Delay(PollInterval, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The answer to a request.</summary>
    public Task<string> GetAsync(string path, CancellationToken cancellationToken) => _http.GetStringAsync(new Uri(Address, path), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address, "/health"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
