using System.Text;
using System.Text.RegularExpressions;
using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Fitting;
using AspireChat.ScaleModel.Measured;
using AspireChat.ScaleModel.Planning;
using AspireChat.ScaleModel.Simulation;

namespace AspireChat.ScaleModel.Output;

/// <summary>The tables of <c>docs/scale.md</c>, which stand between <c>&lt;!-- table: name --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
internal static partial class ScalePage
{
    private static readonly double[] Sizes = [1e4, 1e5, 1e6, 1e7];

    private static readonly (string Name, Func<double, Workload> Of)[] Workloads =
    [
        ("teams", connections => new Workload { Connections = connections, Rooms = connections / 20, Rate = 0.1 }),
        ("halls", connections => new Workload { Connections = connections, Rooms = connections / 1_000, Rate = 1 }),
        ("one", connections => new Workload { Connections = connections, Rooms = 1, Rate = 1 }),
    ];

    private static Workload Million { get; } = Workloads[0].Of(1e6);

    private static Machines Default { get; } = new();

    /// <summary>The page with all of its tables made anew.</summary>
    /// <exception cref="ScaleException">It has a table that nobody makes.</exception>
    public static string Rewrite(string page) => Table().Replace(page, match => $"{match.Groups["begin"].Value}\n\n{Of(match.Groups["name"].Value)}\n{match.Groups["end"].Value}");

    private static string Of(string name) => name switch
    {
        "teams" or "halls" or "one" => Size(Workloads.Single(workload => workload.Name == name).Of),
        "copies" => Copies(),
        "limits" => Limits(),
        "choices" => Choices(),
        "spread" => Spreads(),
        "measured" => Measured(),
        "redis" => Redis(),
        "shards" => Shards(),
        "gateway" => Gateway(),
        "memory" => Memory(),
        "error" => Error(),
        _ => throw new ScaleException($"No table is called '{name}'."),
    };

    private static string Size(Func<double, Workload> of) => Rows(
        ["connections", "messages/s", "deliveries/s", "instances", "gateways", "Redis shards", "copies of a message", "Redis sends", "clients get", "an instance lost: back, and in"],
        Sizes.Select(size => Planner.Recorded.Of(of(size), Default)).Select(plan => new[]
        {
            Numbers.Whole(plan.Workload.Connections), Numbers.Short(plan.Workload.Messages), Numbers.Short(plan.Workload.Deliveries),
            Cell(plan.Instances), Cell(plan.Gateways!), Cell(plan.Shards),
            Numbers.Short(plan.Interested), Numbers.BytesPerSecond(plan.RedisBytesOut), Numbers.BytesPerSecond(plan.ClientBytesOut),
            plan.Recovery is { } recovery ? $"{Numbers.Short(recovery.Connections)}, {Numbers.Short(recovery.Seconds)} s" : "–",
        }));

    private static string Cell(Tier tier) => tier.Count is { } count ? $"{Numbers.Whole(count)} ({tier.First.Of})" : $"none is enough ({tier.First.Of})";

    private static string Copies()
    {
        double[] instances = [3, 10, 30, 100, 300];
        return Rows(
            ["members of a room", .. instances.Select(count => $"{Numbers.Whole(count)} instances")],
            ((double[])[2, 5, 20, 100, 1_000]).Select(members => (string[])[Numbers.Whole(members), .. instances.Select(count => Numbers.Short(Interest.Of(count, members)))]));
    }

    private static string Limits()
    {
        var plan = Planner.Recorded.Of(Million, Default);
        return Rows(
            ["machines", "limit", "used, of what may be", "share"],
            plan.Tiers.SelectMany(tier => tier.Uses.Select(use => new[]
            {
                tier.Kind, use.Of, $"{Numbers.Short(use.Amount)} of {Numbers.Short(use.Allowed)} {use.Unit}", Numbers.Percent(use.Share),
            })));
    }

    private static string Choices()
    {
        (string But, Workload Workload, Machines Machines)[] choices =
        [
            ("(nothing)", Million, Default),
            ("transport `direct`", Million with { Transport = Transport.Direct }, Default),
            ("mode `pubsub`", Million with { Mode = Mode.PubSub }, Default),
            ("histories of 100 messages", Million with { HistoryMessages = 100 }, Default),
            ("no gateways", Million with { Gateways = false }, Default),
            ("machines of 8 cores and 16 GiB", Million, Default with { Cores = 8, MemoryGiB = 16 }),
            ("texts of 2,000 bytes", Million with { TextBytes = 2_000 }, Default),
            ("ten times the messages", Million with { Rate = 1 }, Default),
            ("twenty rooms for each connection", Million with { Rooms = 1e6, MembersPerRoom = 20, Rate = 0.005 }, Default),
        ];
        return Rows(["otherwise as above, but", "instances", "gateways", "Redis shards"], choices.Select(choice =>
        {
            var plan = Planner.Recorded.Of(choice.Workload, choice.Machines);
            return new[] { choice.But, Cell(plan.Instances), plan.Gateways is { } gateways ? Cell(gateways) : "–", Cell(plan.Shards) };
        }));
    }

    private static string Spreads() => Rows(
        ["1,000,000 connections", "instances", "shards", "deliveries of an instance: 99th of 100", "heard by an instance", "busiest shard", "busiest room, messages/s", "one room may have"],
        Workloads.Select(workload =>
        {
            var plan = Planner.Recorded.Of(workload.Of(1e6), Default);
            var (instances, shards) = (plan.Instances.Count!.Value, plan.Shards.Count!.Value);
            var placement = Placement.Of(plan.Workload, instances, shards, skew: 1, seed: 1);
            return new[]
            {
                workload.Name switch { "teams" => "teams of 20", "halls" => "halls of 1,000", _ => "one room" }, Numbers.Whole(instances), Numbers.Whole(shards),
                $"× {Numbers.Short(placement.Deliveries.P99Ratio)}", $"× {Numbers.Short(placement.Heard.P99Ratio)}", $"× {Numbers.Short(placement.Messages.MostRatio)}",
                Numbers.Short(placement.BusiestRoom), Numbers.Short(plan.LargestRate),
            };
        }));

    private static string Measured() => Rows(
        ["load", "instances", "`pubsub`: measured", "model", "`stream`: measured", "model"],
        MeasuredLoads.Instances.Points.Where(point => point.Mode == Mode.PubSub).Select(pubsub =>
        {
            var stream = MeasuredLoads.Instances.Points.Single(point => point.Mode == Mode.Stream && IsAlike(point, pubsub));
            return new[]
            {
                Load(pubsub), $"{pubsub.Instances}",
                Numbers.Short(pubsub.InstancesMicroseconds), Numbers.Short(Predictions.InstancesMicroseconds(FittedCosts.Recorded.PubSubInstance, pubsub)),
                Numbers.Short(stream.InstancesMicroseconds), Numbers.Short(Predictions.InstancesMicroseconds(FittedCosts.Recorded.StreamInstance, stream)),
            };
        }));

    private static string Redis() => Rows(
        ["load", "instances", "`pubsub`: measured", "model", "`stream`: measured", "model", "bytes sent, `stream`: measured", "model"],
        MeasuredLoads.Instances.Points.Where(point => point.Mode == Mode.PubSub).Select(pubsub =>
        {
            var stream = MeasuredLoads.Instances.Points.Single(point => point.Mode == Mode.Stream && IsAlike(point, pubsub));
            return new[]
            {
                Load(pubsub), $"{pubsub.Instances}",
                Numbers.Short(pubsub.RedisMicroseconds), Numbers.Short(Predictions.RedisMicroseconds(FittedCosts.Recorded.PubSubRedis, pubsub)),
                Numbers.Short(stream.RedisMicroseconds), Numbers.Short(Predictions.RedisMicroseconds(FittedCosts.Recorded.StreamRedis, stream)),
                Numbers.Whole(stream.RedisBytesOut), Numbers.Whole(Predictions.RedisBytesOut(stream)),
            };
        }));

    private static string Shards() => Rows(
        ["messages/s", "shards", "µs of all shards for a message: measured", "model"],
        MeasuredShards.Recorded.Points.Select(point => new[]
        {
            Numbers.Whole(point.MessagesPerSecond), $"{point.Shards}", Numbers.Short(point.RedisMicroseconds), Numbers.Short(Predictions.RedisMicroseconds(FittedCosts.Recorded.StreamRedis, point)),
        }));

    private static string Gateway() => Rows(
        ["load, 3 instances, `stream`", "µs of the gateway for a delivery: measured", "model"],
        MeasuredLoads.Gateway.Points.Select(point => new[]
        {
            Load(point), Numbers.Short(point.GatewayMicroseconds / point.Members), Numbers.Short(Predictions.GatewayMicroseconds(FittedCosts.Recorded.Gateway, point) / point.Members),
        }));

    private static string Memory() => Rows(
        ["one instance and a gateway, idle", "rooms", "bytes of the instance for a connection", "of the gateway", "of Redis", "µs to connect and join: instance", "gateway", "Redis"],
        MeasuredMemory.Recorded.Points.Select(point => new[]
        {
            $"`{PlanText.Name(point.Mode)}`, {Numbers.Whole(point.Connections)} connections", Numbers.Whole(point.Rooms), Numbers.Whole(point.InstanceBytes), Numbers.Whole(point.GatewayBytes), Numbers.Whole(point.RedisBytes),
            Numbers.Short(point.InstanceMicroseconds), Numbers.Short(point.GatewayMicroseconds), Numbers.Short(point.RedisMicroseconds),
        }));

    private static string Error() => Rows(
        ["of", "points", "typical error", "eight of nine within", "furthest"],
        Errors.All.Select(errors => new[] { errors.Of, $"{errors.Ratios.Count}", Numbers.Percent(errors.Typical), Numbers.Percent(errors.EightOfNine), Numbers.Percent(errors.Furthest) }));

    private static bool IsAlike(MeasuredLoad one, MeasuredLoad other) =>
        (one.Instances, one.Rooms, one.Members, one.MessagesPerSecond) == (other.Instances, other.Rooms, other.Members, other.MessagesPerSecond);

    private static string Load(MeasuredLoad load) =>
        $"{Numbers.Whole(load.MessagesPerSecond)}/s to {(load.Rooms == 1 ? "a room" : $"{load.Rooms} rooms")} of {load.Members}";

    private static string Rows(string[] head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", head).Append(" |\n").Append('|').AppendJoin('|', head.Select((_, index) => index == 0 ? "---" : "---:")).Append("|\n");
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");

        return text.ToString();
    }

    [GeneratedRegex("(?<begin><!-- table: (?<name>[a-z]+) -->)\n.*?(?<end><!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Table();
}
