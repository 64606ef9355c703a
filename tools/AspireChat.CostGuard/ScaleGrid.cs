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
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (Shape Shape, double[] Rates)[] Loads =
    [
        (new Shape(Rooms: 1, Members: 300), [5, 20, 200, 800]),
        (new Shape(Rooms: 30, Members: 10), [100, 500, 2_000]),
        (new Shape(Rooms: 200, Members: 3), [300, 2_000]),
    ];

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(FileInfo output, CancellationToken cancellationToken) => Conditions.MeasureAsync(() => MeasureAsync(output, cancellationToken));

    private static async Task<int> MeasureAsync(FileInfo output, CancellationToken cancellationToken)
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

        var record = new ScaleRecord(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Machine(), points);
        await File.WriteAllTextAsync(output.FullName, JsonSerializer.Serialize(record, Written) + "\n", cancellationToken);
        return 0;
    }

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
                Math.Round(bytes),
                Math.Round(costs.Select(cost => cost.ServerCores).Order().ElementAt(Rounds / 2), 3));
            points.Add(point);
            Console.WriteLine(point);
        }

        return points;
    }

    private static double Median(List<Cost> costs, Func<Cost, TimeSpan> of) => costs.Select(of).Median().TotalMicroseconds;

    private static double Rounded(double microseconds) => Math.Round(microseconds, 1);

    private static string Machine()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown processor";
        return $"{Environment.ProcessorCount} virtual cores of an {processor}, shared with the load generator and other work; {Path.GetFileName(RedisProgram.Path)} on the same machine";
    }

    /// <summary>The file.</summary>
    private sealed record ScaleRecord(string Date, string Machine, IReadOnlyList<ScalePoint> Points);

    /// <summary>CPU time in µs for each message that was sent: of all instances together, and of Redis.</summary>
    private sealed record ScalePoint(
        string Mode, int Instances, int Rooms, int Members, int TextBytes, double MessagesPerSecond, double InstancesMicroseconds, double RedisMicroseconds, double RedisBytesOut, double InstanceCores);
}
