using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AspireChat.Tests.Redis;

/// <summary>
/// A real Redis (or Garnet) process of a test's own, on loopback, to be paused, killed and restarted at will. It runs under a small shell that holds a
/// pipe from this process and kills the server at its end, so nothing is left behind, however the tests end.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Guard = """
        exec 3<&0
        "$@" </dev/null 3<&- >"$LOG" 2>&1 &
        server=$!
        echo $server
        cat <&3 >/dev/null
        kill -KILL $server 2>/dev/null
        """;

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(10);

    private readonly RedisServerOptions _options;
    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private Process? _guard;
    private int _pid;

    private RedisServer(RedisFlavour flavour, RedisServerOptions options)
    {
        Flavour = flavour;
        _options = options;
    }

    public RedisFlavour Flavour { get; }

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Where the server keeps its data.</summary>
    public string Folder => _folder;

    /// <summary>Starts a server and waits until it answers; skips the test where the flavour is not on this machine.</summary>
    public static async Task<RedisServer> StartAsync(RedisFlavour flavour, RedisServerOptions? options = null)
    {
        RedisProgram.SkipUnlessPresent(flavour);
        var server = new RedisServer(flavour, options ?? RedisServerOptions.Default);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same port after <see cref="KillAsync"/> or <see cref="StopAsync"/>, with what data it kept.</summary>
    public async Task StartAsync()
    {
        var comesBack = Port != 0;
        for (var attempt = 1; ; attempt++)
        {
            // Kept over restarts: a server that comes back is found where it was.
            if (Port == 0)
            {
                Port = FreePort.Take();
            }

            await LaunchAsync();
            if (await AnswersAsync())
            {
                return;
            }

            await KillAsync();
            if (attempt == 3 || comesBack)
            {
                throw new InvalidOperationException($"'{Flavour}' did not answer on port {Port}; its output: {await ReadLogAsync()}");
            }

            Port = 0;
        }
    }

    /// <summary>Starts or resumes it, whichever a test before has left to do.</summary>
    public Task EnsureRunningAsync() => _guard is null ? StartAsync() : ResumeAsync();

    /// <summary>The process stands still; its connections stay open and answer nothing.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Ends it without warning.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Ends it in good order.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Kills it if it still runs, and takes its data away.</summary>
    public async Task LoseDataAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Sends one command of words without spaces, and gives the first line of the answer.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        using var timeout = new CancellationTokenSource(CommandTimeout);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, timeout.Token);
        var stream = client.GetStream();
        var command = string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n").Prepend($"*{words.Length}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command), timeout.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(timeout.Token) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task LaunchAsync()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", Guard, "guard", .. RedisProgram.CommandLine(Flavour, Port, _folder, _options)])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LOG"] = LogPath;
        start.Environment["DOTNET_gcServer"] = "0";
        _guard = Process.Start(start)!;
        _pid = int.Parse(await _guard.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The guard did not start."));
    }

    private async Task<bool> AnswersAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30) && Directory.Exists($"/proc/{_pid}"))
        {
            try
            {
                // A script too: the first one takes Garnet long, and no test should have to wait for that. A sentinel knows none.
                if (await CommandAsync("PING") == "+PONG" && (_options.SentinelOf is not null || await CommandAsync("EVAL", "return 1", "0") == ":1"))
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
            {
                // Not yet listening, or still loading.
            }

            await Task.Delay(20);
        }

        return false;
    }

    private async Task EndAsync(string signal)
    {
        if (_guard is null)
        {
            return;
        }

        await SignalAsync(signal);
        await WaitUntilGoneAsync(TimeSpan.FromSeconds(20));
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        _guard = null;
    }

    /// <summary>Waits for the process to be gone or a zombie that its guard has not yet reaped.</summary>
    private async Task WaitUntilGoneAsync(TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < within && File.Exists($"/proc/{_pid}/stat"))
        {
            try
            {
                var stat = await File.ReadAllTextAsync($"/proc/{_pid}/stat");
                if (stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z'))
                {
                    return;
                }
            }
            catch (IOException)
            {
                // Gone between the look and the read.
                return;
            }

            await Task.Delay(10);
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{signal} {_pid}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    private async Task<string> ReadLogAsync() => File.Exists(LogPath) ? await File.ReadAllTextAsync(LogPath) : "";

    private string LogPath => Path.Combine(_folder, "server.log");
}
