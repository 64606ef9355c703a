using System.Globalization;
using AspireChat.CostGuard.Measuring;
using AspireChat.CostGuard.Peers;

namespace AspireChat.CostGuard;

/// <summary>How the cost of a delivery changes with one thing at a time: the load, a room's members, rooms, servers, the size of a message. Prints Markdown.</summary>
internal static class Curves
{
    private const int Rounds = 3;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    private static readonly Curve[] All =
    [
        new("messages a second, to a room of 300", [.. new[] { 5, 20, 50, 200, 800, 1_500 }.Select(rate => new Point(rate, rate, new Shape()))]),
        new("members of one room, 9,000 deliveries a second", [.. new[] { 3, 10, 30, 100, 300, 1_000 }.Select(members => new Point(members, 9_000.0 / members, new Shape(Members: members)))]),
        new("rooms of 6, 900 messages a second in all", [.. new[] { 1, 10, 100, 300 }.Select(rooms => new Point(rooms, 900, new Shape(Rooms: rooms, Members: 6)))]),
        new("servers, 50 messages a second to a room of 300", [.. new[] { 1, 2, 3, 6 }.Select(servers => new Point(servers, 50, new Shape(servers)))]),
        new("bytes of text, 50 messages a second to a room of 300", [.. new[] { 128, 512, 2_000, 4_000 }.Select(size => new Point(size, 50, new Shape(TextSize: size)))]),
        new("messages a second, spread over 30 rooms of 3", [.. new[] { 500, 2_000, 5_000 }.Select(rate => new Point(rate, rate, new Shape(Rooms: 30, Members: 3)))]),
    ];

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(CancellationToken cancellationToken) => Conditions.MeasureAsync(() => MeasureAsync(cancellationToken));

    private static async Task<int> MeasureAsync(CancellationToken cancellationToken)
    {
        foreach (var curve in All)
        {
            Say($"\n| {curve.Name} | pubsub, µs per delivery | stream, µs per delivery | Redis, µs per message: pubsub | stream |\n|---:|---:|---:|---:|---:|");
            foreach (var point in curve.Points)
            {
                await using var pubsub = await StartAsync("pubsub", point, cancellationToken);
                await using var stream = await StartAsync("stream", point, cancellationToken);
                var costs = (PubSub: new List<Cost>(), Stream: new List<Cost>());
                for (var round = 0; round < Rounds; round++)
                {
                    costs.PubSub.Add(await pubsub.MeasureAsync(point.Rate, Round, cancellationToken));
                    costs.Stream.Add(await stream.MeasureAsync(point.Rate, Round, cancellationToken));
                }

                Say($"| {point.Value:#,0} | {PerDelivery(costs.PubSub):0.0} | {PerDelivery(costs.Stream):0.0} | {RedisPerMessage(costs.PubSub):0} | {RedisPerMessage(costs.Stream):0} |");
            }
        }

        return 0;
    }

    private static async Task<Side> StartAsync(string mode, Point point, CancellationToken cancellationToken)
    {
        var side = await Side.StartAsync(new AspireChatPeer(mode), point.Shape, cancellationToken);
        await side.MeasureAsync(point.Rate, WarmUp, cancellationToken);
        return side;
    }

    private static double PerDelivery(List<Cost> costs) => costs.Select(cost => cost.PerDelivery).Median().TotalMicroseconds;

    private static double RedisPerMessage(List<Cost> costs) => costs.Select(cost => cost.RedisPerMessage).Median().TotalMicroseconds;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed record Curve(string Name, IReadOnlyList<Point> Points);

    private sealed record Point(int Value, double Rate, Shape Shape);
}
