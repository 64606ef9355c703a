using System.Globalization;
using System.Text.Json;
using AspireChat.CostGuard.Measuring;
using AspireChat.CostGuard.Peers;
using AspireChat.LoadTest.Processes;

namespace AspireChat.CostGuard;

/// <summary>What the model of <c>tools/AspireChat.ScaleModel</c> is held to: the CPU time and network of 1, 2 and 3 instances and their Redis, for rooms of three kinds at rates from a trickle up.</summary>
internal static class ScaleGrid
{
    private const int Rounds = 3;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    /// <summary>Connections that do nothing.</summary>
    private const int Quiet = 3_000;

    /// <summary>After this an instance has given back what a rush of upgrades left.</summary>
    private static readonly TimeSpan GivenBack = TimeSpan.FromSeconds(12);

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (Shape Shape, double[] Rates)[] Loads =
    [
        (new Shape(Rooms: 1, Members: 300), [5, 20, 200, 800]),
        (new Shape(Rooms: 30, Members: 10), [100, 500, 2_000]),
        (new Shape(Rooms: 200, Members: 3), [300, 2_000]),
    ];

    /// <param name="part">Which: <c>instances</c>, <c>gateway</c> or <c>memory</c>.</param>
    /// <param name="output">The file for it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string part, FileInfo output, CancellationToken cancellationToken) => Conditions.MeasureAsync(async () =>
    {
        object record = part switch
        {
            "gateway" => new { Date = Today(), Machine = Machine(), Points = await GatewayAsync(cancellationToken) },
            "memory" => new { Date = Today(), Machine = Machine(), Points = await MemoryAsync(cancellationToken) },
            _ => new { Date = Today(), Machine = Machine(), Points = await InstancesAsync(cancellationToken) },
        };
        await File.WriteAllTextAsync(output.FullName, JsonSerializer.Serialize(record, Written) + "\n", cancellationToken);
        return 0;
    });

    private static async Task<IReadOnlyList<ScalePoint>> InstancesAsync(CancellationToken cancellationToken)
    {
        var points = new List<ScalePoint>();
        foreach (var mode in (string[])["pubsub", "stream"])
        {
            foreach (var servers in (int[])[1, 2, 3])
            {
                foreach (var (shape, rates) in Loads)
                    points.AddRange(await MeasureAsync(mode, shape with { Servers = servers }, rates, cancellationToken));
            }
        }

        return points;
    }

    private static async Task<IReadOnlyList<ScalePoint>> GatewayAsync(CancellationToken cancellationToken)
    {
        var points = new List<ScalePoint>();
        foreach (var (shape, rates) in Loads)
            points.AddRange(await MeasureAsync("stream", shape with { Gateway = true }, rates, cancellationToken));

        return points;
    }

    /// <summary>Connections that do nothing, in one room and in as many as there are, and what messages leave in Redis.</summary>
    private static async Task<IReadOnlyList<MemoryPoint>> MemoryAsync(CancellationToken cancellationToken)
    {
        var points = new List<MemoryPoint>();
        foreach (var (mode, rooms) in ((string, int)[])[("pubsub", 1), ("pubsub", Quiet), ("stream", 1), ("stream", Quiet)])
            points.Add(await HoldAsync(mode, rooms, cancellationToken));

        return points;
    }

    private static async Task<MemoryPoint> HoldAsync(string mode, int rooms, CancellationToken cancellationToken)
    {
        await using var side = await Side.StartAsync(new AspireChatPeer(mode), new Shape(Servers: 1, rooms, Quiet / rooms, Gateway: true), cancellationToken);
        var joined = await side.FootprintAsync();
        await Task.Delay(GivenBack, cancellationToken);
        var held = await side.FootprintAsync();
        var messages = Math.Min(rooms * 4, 4_000);
        await side.MeasureAsync(messages / 4, TimeSpan.FromSeconds(4), cancellationToken);
        var kept = await side.FootprintAsync();
        var point = new MemoryPoint(
            mode, Quiet, rooms, side.Empty.Servers, Each(held.Servers - side.Empty.Servers), Each(held.Gateway - side.Empty.Gateway), Each(held.Redis - side.Empty.Redis),
            Each(joined.ServersCpu - side.Empty.ServersCpu), Each(joined.GatewayCpu - side.Empty.GatewayCpu), Each(joined.RedisCpu - side.Empty.RedisCpu), messages,
            Math.Round((kept.Redis - held.Redis) / (double)messages));
        Console.WriteLine(point);
        return point;
    }

    private static double Each(TimeSpan time) => Rounded((time / Quiet).TotalMicroseconds);

    private static double Each(long bytes) => Math.Round(bytes / (double)Quiet);

    private static async Task<IReadOnlyList<ScalePoint>> MeasureAsync(string mode, Shape shape, double[] rates, CancellationToken cancellationToken)
    {
        await using var side = await Side.StartAsync(new AspireChatPeer(mode), shape, cancellationToken);
        await side.MeasureAsync(rates[^1], WarmUp, cancellationToken);
        await side.MeasureAsync(rates[0], WarmUp, cancellationToken);
        var points = new List<ScalePoint>();
        foreach (var rate in rates)
        {
            var costs = new List<Cost>();
            var sent = await side.RedisSentAsync();
            for (var round = 0; round < Rounds; round++)
                costs.Add(await side.MeasureAsync(rate, Round, cancellationToken));

            var bytes = (await side.RedisSentAsync() - sent) / (double)costs.Sum(cost => cost.Messages);
            var point = new ScalePoint(
                mode, shape.Servers, shape.Rooms, shape.Members, shape.TextSize, rate,
                Rounded(Median(costs, cost => cost.Servers / cost.Messages)),
                Rounded(Median(costs, cost => cost.RedisPerMessage)),
                Rounded(Median(costs, cost => cost.Gateway / cost.Messages)),
                Math.Round(bytes),
                Math.Round(costs.Select(cost => cost.ServerCores).Order().ElementAt(Rounds / 2), 3));
            points.Add(point);
            Console.WriteLine(point);
        }

        return points;
    }

    private static double Median(List<Cost> costs, Func<Cost, TimeSpan> of) => costs.Select(of).Median().TotalMicroseconds;

    private static double Rounded(double microseconds) => Math.Round(microseconds, 1);

    private static string Today() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Machine()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown processor";
        return $"{Environment.ProcessorCount} virtual cores of an {processor}, shared with the load generator and other work; {Path.GetFileName(RedisProgram.Path)} on the same machine";
    }

    /// <summary>CPU time in µs for each message that was sent: of all instances together, of Redis, and of the gateway.</summary>
    private sealed record ScalePoint(
        string Mode, int Instances, int Rooms, int Members, int TextBytes, double MessagesPerSecond, double InstancesMicroseconds, double RedisMicroseconds, double GatewayMicroseconds, double RedisBytesOut, double InstanceCores);

    /// <summary>Bytes: the instance before anybody came; then for each connection, of the instance, the gateway and Redis, and the CPU time to connect and join in µs; and bytes of Redis for each message.</summary>
    private sealed record MemoryPoint(
        string Mode, int Connections, int Rooms, long InstanceBase, double InstanceBytes, double GatewayBytes, double RedisBytes, double InstanceMicroseconds, double GatewayMicroseconds, double RedisMicroseconds, int Messages, double RedisBytesPerMessage);
}
