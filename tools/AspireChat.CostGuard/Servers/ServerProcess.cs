using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AspireChat.CostGuard.Servers;

/// <summary>
/// A server on a port of loopback. A small shell holds a pipe from this process and kills the server at its end, so that nothing is left behind, however
/// this process ends.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Keeper = """
        exec 3<&0
        "$@" </dev/null 3<&- >/dev/null 2>&1 &
        server=$!
        echo $server
        cat <&3 >/dev/null
        kill -KILL $server 2>/dev/null
        wait $server 2>/dev/null
        """;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _keeper;
    private readonly int _processId;

    private ServerProcess(Process keeper, int processId, int port) => (_keeper, _processId, Port) = (keeper, processId, port);

    public int Port { get; }

    public TimeSpan Cpu => CpuClock.Read(_processId);

    /// <summary>Starts it, and returns once it listens.</summary>
    public static async Task<ServerProcess> StartAsync(int port, IEnumerable<string> commandLine, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", .. commandLine]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        // Settings of this shell are not those of the servers.
        foreach (var name in (string[])["DOTNET_gcServer", "DOTNET_TieredPGO", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"])
            start.Environment.Remove(name);

        var keeper = Process.Start(start)!;
        var server = new ServerProcess(keeper, int.Parse((await keeper.StandardOutput.ReadLineAsync(cancellationToken))!, null), port);
        try
        {
            await server.UntilListeningAsync(commandLine, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private async Task UntilListeningAsync(IEnumerable<string> commandLine, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < StartTimeout)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }

        throw new CannotRunException($"'{string.Join(' ', commandLine)}' did not listen on port {Port} within {StartTimeout.TotalSeconds:0} s.");
    }
}
