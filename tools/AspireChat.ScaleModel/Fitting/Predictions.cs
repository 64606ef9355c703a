using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Measured;

namespace AspireChat.ScaleModel.Fitting;

/// <summary>What the model says of a load that was measured: CPU time in µs for each message.</summary>
internal static class Predictions
{
    public static double InstancesMicroseconds(InstanceCost cost, MeasuredLoad load)
    {
        double messages = load.MessagesPerSecond, instances = load.Instances;
        var heard = messages * load.Copies / instances;
        return cost.Cores(messages / instances, heard, messages * load.Members / instances, messages / load.Rooms) * instances * 1e6 / messages;
    }

    public static double RedisMicroseconds(RedisCost cost, MeasuredLoad load) =>
        cost.Cores(load.Instances, load.MessagesPerSecond, load.Copies) * 1e6 / load.MessagesPerSecond;

    /// <summary>Of all shards together: each is a Redis of its own, with its part of the messages.</summary>
    public static double RedisMicroseconds(RedisCost cost, MeasuredShard load) =>
        load.Shards * cost.Cores(load.Instances, load.MessagesPerSecond / load.Shards, Math.Min(load.Instances, load.Members)) * 1e6 / load.MessagesPerSecond;

    public static double GatewayMicroseconds(GatewayCost cost, MeasuredLoad load) =>
        cost.Cores(load.MessagesPerSecond, load.MessagesPerSecond * load.Members, load.MessagesPerSecond * load.Copies, load.MessagesPerSecond / load.Rooms) * 1e6 / load.MessagesPerSecond;

    public static double RedisBytesOut(MeasuredLoad load) =>
        Figures.AnswerBytes(load.Mode) + (load.Copies * (Figures.CopyOverhead(load.Mode) + load.TextBytes));
}
