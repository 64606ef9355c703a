using System.Text;
using AspireChat.ScaleModel.Planning;
using AspireChat.ScaleModel.Simulation;

namespace AspireChat.ScaleModel.Output;

/// <summary>A plan for people.</summary>
internal static class PlanText
{
    public static string Of(Plan plan, Placement? placement)
    {
        var (workload, text) = (plan.Workload, new StringBuilder());
        text.AppendLine($"{Numbers.Whole(workload.Connections)} connections in {Numbers.Whole(workload.Rooms)} rooms of {Numbers.Short(workload.Members)}; {Numbers.Short(workload.Messages)} messages and {Numbers.Short(workload.Deliveries)} deliveries a second; {workload.TextBytes} bytes of text; {Name(workload.Mode)}, transport {Name(workload.Transport)}.");
        text.AppendLine("What was measured is one machine's; all that is said of more is modelled.");
        foreach (var tier in plan.Tiers)
            Append(text, tier, tier.Kind == "Redis shards" ? 0 : plan.Machines.Spare);

        text.AppendLine();
        text.AppendLine($"A room has members on {Numbers.Short(plan.Interested)} instances: so many copies of each message leave Redis, {Numbers.BytesPerSecond(plan.RedisBytesOut)} in all. {Numbers.BytesPerSecond(plan.ClientBytesOut)} go to clients.");
        text.AppendLine($"One room of this size may have {Numbers.Short(plan.LargestRate)} messages a second: it is on one shard, and cannot be split.");
        if (plan.Recovery is { } recovery)
            text.AppendLine($"When an instance is lost, {Numbers.Short(recovery.Connections)} connections come back, with {Numbers.Short(recovery.Joins)} joins: {Numbers.Short(recovery.Seconds)} s (instances {Numbers.Short(recovery.OnInstances)} s, gateways {Numbers.Short(recovery.OnGateways)} s, Redis {Numbers.Short(recovery.OnRedis)} s), from when their clients notice.");

        if (placement is not null)
        {
            text.AppendLine("Placed by chance, with some rooms much busier than others:");
            text.AppendLine($"    of instances, the 99th of 100 has {Numbers.Short(placement.Deliveries.P99Ratio)} times the average of deliveries, and hears {Numbers.Short(placement.Heard.P99Ratio)} times the average");
            text.AppendLine($"    the busiest shard has {Numbers.Short(placement.Messages.MostRatio)} times the average of messages; the busiest room has {Numbers.Short(placement.BusiestRoom)} a second");
        }

        return text.ToString();
    }

    public static string Name(Mode mode) => mode == Mode.Stream ? "stream" : "pubsub";

    public static string Name(Transport transport) => transport == Transport.Direct ? "direct" : "kestrel";

    private static void Append(StringBuilder text, Tier tier, int spare)
    {
        text.AppendLine();
        text.AppendLine(tier.Count is { } count
            ? $"{tier.Kind}: {Numbers.Whole(count)}{(spare > 0 ? $", {spare} of them spare" : "")}; {tier.First.Of} comes first"
            : $"{tier.Kind}: NO NUMBER IS ENOUGH: {tier.First.Of}");
        foreach (var use in tier.Uses)
            text.AppendLine($"    {use.Of,-12} {Numbers.Percent(use.Share),6}   {Numbers.Short(use.Amount)} of {Numbers.Short(use.Allowed)} {use.Unit}");
    }
}
