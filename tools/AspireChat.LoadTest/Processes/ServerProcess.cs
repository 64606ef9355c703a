using System.Diagnostics;
using System.Net.Sockets;

namespace AspireChat.LoadTest.Processes;

/// <summary>A server on a port of its own, on loopback where no other place is given.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Settings of this process's shell are not those of the servers.</summary>
    private static readonly string[] NotInherited = ["DOTNET_gcServer", "DOTNET_TieredPGO", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    private readonly KeptProcess _process;
    private readonly Place _place;

    private ServerProcess(KeptProcess process, Place place, int port) => (_process, _place, Port) = (process, place, port);

    public int Port { get; }

    public int ProcessId => _process.ProcessId;

    public bool IsRunning => _process.IsRunning;

    /// <summary>Starts it, and returns once it listens.</summary>
    public static async Task<ServerProcess> StartAsync(
        int port, IEnumerable<string> commandLine, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, string? log = null, Place? place = null)
    {
        place ??= Place.Here;
        var settings = NotInherited.ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in environment)
            settings[name] = value;

        var server = new ServerProcess(await KeptProcess.StartAsync(place.Prefix.Concat(commandLine), settings, log, cancellationToken), place, port);
        try
        {
            await server.UntilListeningAsync(commandLine, log, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    /// <returns>Whether it has ended.</returns>
    public Task<bool> WaitUntilEndedAsync(TimeSpan within, CancellationToken cancellationToken) => _process.WaitUntilEndedAsync(within, cancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task UntilListeningAsync(IEnumerable<string> commandLine, string? log, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < StartTimeout && IsRunning)
        {
            try
            {
                using var socket = _place.NewSocket();
                await socket.ConnectAsync(_place.Address, Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }

        var said = log is not null && File.Exists(log) ? $" It said: {string.Join(' ', File.ReadLines(log).TakeLast(10))}" : "";
        throw new CannotRunException(
            $"'{string.Join(' ', commandLine)}' {(IsRunning ? $"did not listen on port {Port} within {StartTimeout.TotalSeconds:0} s" : "has ended at once")}.{said}");
    }
}
