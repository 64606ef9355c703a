using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AspireChat.LoadTest.Processes;

/// <summary>A Redis (or what speaks like one) of this process's own, on loopback, to be paused, killed and restarted at will.</summary>
internal class RedisProcess : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(20);

    // A server that is short of cores needs no collector for many.
    private static readonly Dictionary<string, string?> Environment = new() { ["DOTNET_gcServer"] = "0" };

    private readonly Func<int, string, IEnumerable<string>> _commandLine;
    private readonly bool _runsScripts;
    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private KeptProcess? _process;

    /// <param name="commandLine">Program and arguments, for a port and a folder.</param>
    /// <param name="runsScripts">Whether it is to run one before it counts as started. A sentinel knows none.</param>
    protected RedisProcess(Func<int, string, IEnumerable<string>> commandLine, bool runsScripts = true) => (_commandLine, _runsScripts) = (commandLine, runsScripts);

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Where the server keeps its data.</summary>
    public string Folder => _folder;

    /// <summary>Null while it does not run.</summary>
    public int? ProcessId => _process?.ProcessId;

    private string LogPath => Path.Combine(_folder, "server.log");

    /// <summary>Starts <c>redis-server</c>, which keeps all that it has answered, and waits until it answers.</summary>
    public static async Task<RedisProcess> StartDurableAsync()
    {
        var server = new RedisProcess((port, folder) => RedisProgram.CommandLine(port, folder));
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

    /// <summary>Starts it, or starts it again on the same port after <see cref="KillAsync"/> or <see cref="StopAsync"/>, with what data it kept.</summary>
    public async Task StartAsync()
    {
        var comesBack = Port != 0;
        for (var attempt = 1; ; attempt++)
        {
            // Kept over restarts: a server that comes back is found where it was.
            if (Port == 0)
                Port = FreePort.Take();

            _process = await KeptProcess.StartAsync(_commandLine(Port, _folder), Environment, LogPath, CancellationToken.None);
            if (await AnswersAsync())
                return;

            await KillAsync();
            if (attempt == 3 || comesBack)
                throw new InvalidOperationException($"'{_commandLine(Port, _folder).First()}' did not answer on port {Port}; its output: {await ReadLogAsync()}");

            Port = 0;
        }
    }

    /// <summary>Starts or resumes it, whichever is left to do.</summary>
    public Task EnsureRunningAsync() => _process is null ? StartAsync() : ResumeAsync();

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

    /// <summary>Sends one command, and gives the first line of the answer.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        using var timeout = new CancellationTokenSource(CommandTimeout);
        using var client = new TcpClient();
        using var reader = await SendAsync(client, words, timeout.Token);
        return await reader.ReadLineAsync(timeout.Token) ?? "";
    }

    /// <summary>Sends one command that is answered by a text, and gives the text.</summary>
    public async Task<string> TextAsync(params string[] words)
    {
        using var timeout = new CancellationTokenSource(CommandTimeout);
        using var client = new TcpClient();
        using var reader = await SendAsync(client, words, timeout.Token);
        var head = await reader.ReadLineAsync(timeout.Token) ?? "";
        if (!head.StartsWith('$'))
            throw new InvalidOperationException($"'{string.Join(' ', words)}' was answered by '{head}'.");

        var text = new char[int.Parse(head[1..], null)];
        await reader.ReadBlockAsync(text, timeout.Token);
        return new string(text);
    }

    /// <summary>One figure of <c>INFO</c>.</summary>
    public async Task<string?> InfoAsync(string section, string figure)
    {
        using var timeout = new CancellationTokenSource(CommandTimeout);
        using var client = new TcpClient();
        using var reader = await SendAsync(client, ["INFO", section], timeout.Token);
        // The answer has as many lines as it has, and an empty one at its end.
        for (var line = await reader.ReadLineAsync(timeout.Token); line is { Length: > 0 }; line = await reader.ReadLineAsync(timeout.Token))
        {
            if (line.StartsWith($"{figure}:", StringComparison.Ordinal))
                return line[(figure.Length + 1)..];
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<StreamReader> SendAsync(TcpClient client, string[] words, CancellationToken cancellationToken)
    {
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        var stream = client.GetStream();
        var command = string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n").Prepend($"*{words.Length}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command), cancellationToken);
        return new StreamReader(stream);
    }

    private async Task<bool> AnswersAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < AnswerTimeout && _process!.IsRunning)
        {
            try
            {
                // A script too: the first one takes Garnet long, and nobody should have to wait for that.
                if (await CommandAsync("PING") == "+PONG" && (!_runsScripts || await CommandAsync("EVAL", "return 1", "0") == ":1"))
                    return true;
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
        if (_process is null)
            return;

        await SignalAsync(signal);
        await _process.WaitUntilEndedAsync(EndTimeout);
        await _process.DisposeAsync();
        _process = null;
    }

    private Task SignalAsync(string signal) => _process?.SignalAsync(signal) ?? Task.CompletedTask;

    private async Task<string> ReadLogAsync() => File.Exists(LogPath) ? await File.ReadAllTextAsync(LogPath) : "";
}
