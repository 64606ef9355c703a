using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AspireChat.Benchmarks;

/// <summary>The Redis in the variable <c>BENCHMARK_REDIS</c>, a connection string; else a <c>redis-server</c> from the PATH, started for the benchmark.</summary>
internal sealed class BenchmarkRedis : IAsyncDisposable
{
    private const string Variable = "BENCHMARK_REDIS";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private readonly Process? _process;

    private BenchmarkRedis(string connectionString, Process? process) => (ConnectionString, _process) = (connectionString, process);

    public string ConnectionString { get; }

    public static async Task<BenchmarkRedis> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new BenchmarkRedis(given, process: null);

        var port = FreePort();
        var process = Start(port);
        var began = Stopwatch.GetTimestamp();
        while (!await ListensAsync(port))
        {
            if (Stopwatch.GetElapsedTime(began) > StartTimeout)
                throw new InvalidOperationException($"'redis-server' did not listen on port {port} within {StartTimeout.TotalSeconds:0} s.");

            await Task.Delay(50);
        }

        return new BenchmarkRedis($"127.0.0.1:{port}", process);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(int port)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"'redis-server' is not on the PATH. Install it, or give the connection string of another in {Variable}.", e);
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
