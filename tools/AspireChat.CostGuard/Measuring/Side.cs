using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireChat.CostGuard.Peers;
using AspireChat.CostGuard.Servers;
using AspireChat.LoadTest.Load.Clients;
using AspireChat.LoadTest.Load.Measuring;
using AspireChat.LoadTest.Processes;

namespace AspireChat.CostGuard.Measuring;

/// <summary>A chat that runs: servers and their Redis, rooms whose members are spread over the servers, and a publisher on each server.</summary>
internal sealed class Side : IAsyncDisposable
{
    /// <summary>Costs of a chat that loses messages say nothing.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    private readonly List<ServerProcess> _processes = [];
    private readonly List<Client> _clients = [];
    private readonly List<Client> _receivers = [];
    private readonly List<Client> _publishers = [];
    private readonly List<Task> _reading = [];
    private readonly Shape _shape;
    private readonly MessageText _text;
    private ServerProcess? _gateway;
    private Dialer? _dialer;
    private uint _sent;

    private Side(IPeer peer, Shape shape)
    {
        (Peer, _shape) = (peer, shape);
        _text = new MessageText(Stamp.NewRun(), shape.TextSize);
    }

    public IPeer Peer { get; }

    /// <summary>What it held before anybody had connected.</summary>
    public Footprint Empty { get; private set; }

    public static async Task<Side> StartAsync(IPeer peer, Shape shape, CancellationToken cancellationToken)
    {
        var side = new Side(peer, shape);
        try
        {
            await side.StartServersAsync(cancellationToken);
            side.Empty = await side.FootprintAsync();
            await side.ConnectAsync(cancellationToken);
            return side;
        }
        catch
        {
            await side.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends at a rate for a while, until all of it is delivered.</summary>
    public async Task<Cost> MeasureAsync(double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        foreach (var client in _clients)
            client.Send(Peer.KeepAlive);

        var (received, redis, servers, gateway) = (Received(), RedisCpu(), ServersCpu(), GatewayCpu());
        var due = (long)(rate * duration.TotalSeconds);
        var deliveries = due * _shape.Members;
        var began = Stopwatch.GetTimestamp();
        await SendAsync(rate, due, cancellationToken);
        await UntilAsync(received + deliveries, cancellationToken);
        return new Cost(ServersCpu() - servers, RedisCpu() - redis, GatewayCpu() - gateway, due, deliveries, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>How many bytes Redis has sent since its start, to all.</summary>
    public Task<long> RedisSentAsync() => RedisFigureAsync("stats", "total_net_output_bytes");

    /// <summary>What it holds now.</summary>
    public async Task<Footprint> FootprintAsync() => new(
        _processes.Skip(1).Sum(Resident), _gateway is null ? 0 : Resident(_gateway), await RedisFigureAsync("memory", "used_memory"), ServersCpu(), GatewayCpu(), RedisCpu());

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Close();

        await Task.WhenAll(_reading);
        _dialer?.Dispose();
        if (_gateway is not null)
            await _gateway.DisposeAsync();

        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        var none = new Dictionary<string, string>();
        var redis = FreePort.Take();
        _processes.Add(await ServerProcess.StartAsync(redis, RedisProgram.CommandLine(redis), none, cancellationToken));
        var (folder, program) = Repository.Project(Peer.Project);
        for (var server = 0; server < _shape.Servers; server++)
        {
            var port = FreePort.Take();
            var environment = new Dictionary<string, string>(Peer.EnvironmentOf(server))
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["ASPNETCORE_CONTENTROOT"] = folder,
                ["ConnectionStrings__redis"] = $"127.0.0.1:{redis}",
            };
            _processes.Add(await ServerProcess.StartAsync(port, ["dotnet", program], environment, cancellationToken));
        }

        if (_shape.Gateway)
            await StartGatewayAsync(cancellationToken);
    }

    private async Task StartGatewayAsync(CancellationToken cancellationToken)
    {
        var (folder, program) = Repository.Project("AspireChat.Gateway");
        var port = FreePort.Take();
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["ASPNETCORE_CONTENTROOT"] = folder };
        foreach (var (index, server) in _processes.Skip(1).Index())
            environment[$"services__chat-{index + 1}__http__0"] = $"http://127.0.0.1:{server.Port}";

        _gateway = await ServerProcess.StartAsync(port, ["dotnet", program], environment, cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var doors = _gateway is null ? _processes.Skip(1) : [_gateway];
        _dialer = new Dialer([.. doors.Select(server => Target.Parse($"http://127.0.0.1:{server.Port}{Peer.Path}"))], Credentials.None) { Protocol = Peer.SubProtocol };
        _publishers.AddRange(Enumerable.Range(0, _shape.Servers).Select(_ => new Client(Peer, _text, room: null)));
        _receivers.AddRange(Enumerable.Range(0, _shape.Rooms * _shape.Members).Select(number => new Client(Peer, _text, Room(number / _shape.Members))));
        _clients.AddRange([.. _publishers, .. _receivers]);
        foreach (var batch in _clients.Index().Chunk(50))
            _reading.AddRange(await Task.WhenAll(batch.Select(client => client.Item.OpenAsync(_dialer, client.Index, cancellationToken))));
    }

    private async Task SendAsync(double rate, long due, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (long made = 0; made < due;)
        {
            for (; made < Math.Min(due, Stopwatch.GetElapsedTime(began).TotalSeconds * rate + 1); made++)
                Publish();

            var early = TimeSpan.FromSeconds(made / rate) - Stopwatch.GetElapsedTime(began);
            await Task.Delay(early > TimeSpan.FromMilliseconds(1) ? early : TimeSpan.FromMilliseconds(1), cancellationToken);
        }
    }

    private void Publish()
    {
        Span<byte> text = stackalloc byte[_shape.TextSize];
        var number = _sent++;
        var publisher = _publishers[(int)(number % _shape.Servers)];
        publisher.Send(Peer.Say(Room((int)(number % _shape.Rooms)), number, _text.Write(new Stamp(0, 0, number, Stopwatch.GetTimestamp()), text)));
    }

    private async Task UntilAsync(long received, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (Received() < received)
        {
            if (Stopwatch.GetElapsedTime(began) > Settle)
                throw new CannotRunException($"{Peer.Name}: {received - Received()} deliveries did not come within {Settle.TotalSeconds:0} s; {_reading.Count(reading => reading.IsCompleted)} connections were closed.");

            await Task.Delay(5, cancellationToken);
        }
    }

    private long Received() => _receivers.Sum(receiver => receiver.Received);

    /// <summary>Redis is the first that was started.</summary>
    private TimeSpan RedisCpu() => CpuClock.Read(_processes[0].ProcessId);

    private TimeSpan ServersCpu() => _processes.Skip(1).Aggregate(TimeSpan.Zero, (sum, process) => sum + CpuClock.Read(process.ProcessId));

    private TimeSpan GatewayCpu() => _gateway is null ? TimeSpan.Zero : CpuClock.Read(_gateway.ProcessId);

    private static long Resident(ServerProcess server)
    {
        using var process = Process.GetProcessById(server.ProcessId);
        return process.WorkingSet64;
    }

    private async Task<long> RedisFigureAsync(string section, string figure)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _processes[0].Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"INFO {section}\r\n"));
        using var reader = new StreamReader(client.GetStream());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith($"{figure}:", StringComparison.Ordinal))
                return long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
        }

        throw new CannotRunException($"Redis did not tell its '{figure}'.");
    }

    private static string Room(int number) => $"room-{number}";
}
