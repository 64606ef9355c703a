using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Measured;

namespace AspireChat.ScaleModel.Planning;

/// <summary>How many machines of each kind a workload takes, and what each is short of first.</summary>
internal sealed class Planner(FittedCosts costs, MeasuredMemory memory)
{
    private const double GiB = 1024 * 1024 * 1024;

    /// <summary>What is kept free of the files that a process may have open: what <c>Chat__Limits__Connections</c> does by itself.</summary>
    private const double FilesShare = 0.9;

    /// <summary>What a room's history may hold by default: <c>Chat__Stream__HistoryBytes</c>.</summary>
    private const double HistoryBytes = 4 * 1024 * 1024;

    /// <summary>How long a send is remembered by its id: <c>Chat__Stream__SendLifetime</c>.</summary>
    private const double SendLifetime = 300;

    /// <summary>Connections of an instance to a Redis: one to publish, one to listen.</summary>
    private const double RedisConnections = 2;

    public static Planner Recorded { get; } = new(FittedCosts.Recorded, MeasuredMemory.Recorded);

    public Plan Of(Workload workload, Machines machines)
    {
        workload.Validated();
        machines.Validated();
        var instances = Sizing.Least("chat instances", machines.Spare, count => InstanceUses(workload, machines, count));
        var all = instances.Count ?? 1 << 17;
        var gateways = workload.Gateways ? Sizing.Least("gateways", machines.Spare, count => GatewayUses(workload, machines, count, all)) : null;
        // Replicas are what a shard has in place of spare ones.
        var shards = Sizing.Least("Redis shards", 0, count => ShardUses(workload, machines, count, all));
        return new Plan
        {
            Workload = workload,
            Machines = machines,
            Instances = instances,
            Gateways = gateways,
            Shards = shards,
            Interested = Interest.Of(all, workload.Members),
            RedisBytesOut = workload.Messages * MessageBytesOut(workload, all),
            ClientBytesOut = workload.Deliveries * ClientBytes(workload),
            LargestRate = LargestRate(workload, machines, all),
            Recovery = instances.Count is { } count and > 1 ? RecoveryOf(workload, machines, count, gateways?.Count ?? 0, shards.Count ?? 1) : null,
        };
    }

    public IEnumerable<Use> InstanceUses(Workload workload, Machines machines, int count)
    {
        var connections = workload.Connections / count;
        var deliveries = workload.Deliveries / count;
        var heard = workload.Messages * Interest.Of(count, workload.Members) / count;
        var rooms = workload.Rooms * Interest.Of(count, workload.Members) / count;
        yield return new("CPU", costs.Instance(workload.Mode).Cores(workload.Messages / count, heard, deliveries, workload.Rate), machines.Cores * machines.CpuShare, "cores");
        yield return new("memory", (Figures.InstanceBase + (connections * ConnectionBytes(workload)) + (rooms * RoomBytes(workload))) / GiB, machines.MemoryGiB * machines.MemoryShare, "GiB");
        yield return new("network out", ((deliveries * ClientBytes(workload)) + (workload.Messages / count * (workload.TextBytes + 200))) * 8 / 1e9, machines.Network * machines.NetworkShare * 8 / 1e9, "Gbit/s");
        yield return new("network in", ((heard * CopyBytes(workload)) + (workload.Messages / count * (workload.TextBytes + 200))) * 8 / 1e9, machines.Network * machines.NetworkShare * 8 / 1e9, "Gbit/s");
        yield return new("files", connections, machines.Files * FilesShare, "connections");
    }

    public IEnumerable<Use> GatewayUses(Workload workload, Machines machines, int count, int instances)
    {
        var connections = workload.Connections / count;
        // A message comes from each instance with a member that is connected by this gateway.
        var wakes = workload.Messages * Interest.Of((double)count * instances, workload.Members) / count;
        yield return new("CPU", costs.Gateway.Cores(workload.Messages / count, workload.Deliveries / count, wakes, workload.Rate), machines.Cores * machines.CpuShare, "cores");
        yield return new("memory", (Figures.InstanceBase + (connections * (memory.Of(workload.Mode, manyRooms: false).GatewayBytes + (2 * Figures.Socket)))) / GiB, machines.MemoryGiB * machines.MemoryShare, "GiB");
        yield return new("network out", workload.Deliveries / count * ClientBytes(workload) * 8 / 1e9, machines.Network * machines.NetworkShare * 8 / 1e9, "Gbit/s");
        yield return new("files", connections * 2, machines.Files * FilesShare, "files");
        yield return new("ports", connections / instances, machines.Ports * FilesShare, "ports to each instance");
    }

    public IEnumerable<Use> ShardUses(Workload workload, Machines machines, int count, int instances)
    {
        var messages = workload.Messages / count;
        yield return new("CPU", costs.Redis(workload.Mode).Cores(instances, messages, Interest.Of(instances, workload.Members)), machines.CpuShare, "of one core");
        yield return new("memory", RedisBytes(workload, instances) / count / GiB, machines.RedisMemoryGiB * machines.MemoryShare, "GiB");
        yield return new("network out", messages * MessageBytesOut(workload, instances) * 8 / 1e9, machines.Network * machines.NetworkShare * 8 / 1e9, "Gbit/s");
        // 10,000 is what redis.conf allows; each instance is connected to every shard, so shards do not help.
        yield return new("clients", instances * RedisConnections, 10_000 * FilesShare, "connections");
    }

    /// <summary>Bytes of Redis for what a room keeps: its history, the ids of sends, and the subscriptions of instances.</summary>
    private double RedisBytes(Workload workload, int instances)
    {
        var subscriptions = workload.Rooms * Interest.Of(instances, workload.Members) * SubscriptionBytes;
        return workload.Mode == Mode.PubSub ? subscriptions : subscriptions + (workload.Rooms * (HistoryOf(workload) + (Math.Min(10_000, workload.Rate * SendLifetime) * SendBytes)));
    }

    /// <summary>A room that is never quiet for ten minutes keeps all that its bounds allow, however slowly it fills.</summary>
    private static double HistoryOf(Workload workload) => workload.Rate > 0 ? Math.Min(workload.HistoryMessages * (Figures.CopyOverhead(Mode.Stream) + workload.TextBytes), HistoryBytes) : 0;

    /// <summary>What connections to as many rooms left in Redis, beyond what those to one room did.</summary>
    private double SubscriptionBytes => Math.Max(0, memory.Of(Mode.PubSub, manyRooms: true).RedisBytes - memory.Of(Mode.PubSub, manyRooms: false).RedisBytes);

    /// <summary>What a message left in Redis beyond its entry of the history: its id, remembered, and its part of what a room has once.</summary>
    private double SendBytes => Math.Max(0, memory.Of(Mode.Stream, manyRooms: true).RedisBytesPerMessage - Figures.CopyOverhead(Mode.Stream) - 128);

    /// <summary>What connections to as many rooms held in an instance, beyond what those to one room did, and what is said there.</summary>
    private double RoomBytes(Workload workload) =>
        Math.Max(0, memory.Of(workload.Mode, manyRooms: true).InstanceBytes - memory.Of(workload.Mode, manyRooms: false).InstanceBytes)
        + Figures.Tail(workload.Mode, workload.Rate, workload.TextBytes);

    private static double ConnectionBytes(Workload workload) => Figures.Connection(workload.Mode, workload.Transport) + Figures.Socket;

    private static double ClientBytes(Workload workload) => Figures.FrameOverhead + workload.TextBytes + Figures.PacketOverhead;

    private static double CopyBytes(Workload workload) => Figures.CopyOverhead(workload.Mode) + workload.TextBytes;

    private static double MessageBytesOut(Workload workload, int instances) =>
        Figures.AnswerBytes(workload.Mode) + (Interest.Of(instances, workload.Members) * CopyBytes(workload));

    /// <summary>A room is on one shard, and cannot be split: with a shard of its own it has so many messages a second at most.</summary>
    private double LargestRate(Workload workload, Machines machines, int instances)
    {
        var copies = Interest.Of(instances, workload.Members);
        double low = 0, high = 1e6;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = costs.Redis(workload.Mode).Cores(instances, middle, copies) <= machines.CpuShare ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Rooms that come to an instance where they had no member before, when the members of a lost one spread over the others.</summary>
    private static double NewSubscriptions(Workload workload, int instances) =>
        Math.Max(0, workload.Rooms * (Interest.Of(instances - 1, workload.Members) - (Interest.Of(instances, workload.Members) * (instances - 1) / instances)));

    private Recovery RecoveryOf(Workload workload, Machines machines, int instances, int gateways, int shards)
    {
        var (joinedBefore, joining) = (memory.Of(workload.Mode, manyRooms: false), memory.Of(workload.Mode, manyRooms: true));
        var lost = workload.Connections / instances;
        double Spare(IEnumerable<Use> uses, double cores) => cores - uses.Single(use => use.Of == "CPU").Amount;
        var onInstances = lost * joining.InstanceMicroseconds / 1e6 / ((instances - 1) * Spare(InstanceUses(workload, machines, instances - 1), machines.Cores));
        var onGateways = gateways == 0 ? 0 : lost * joining.GatewayMicroseconds / 1e6 / (gateways * Spare(GatewayUses(workload, machines, gateways, instances), machines.Cores));
        var joins = lost * workload.RoomsPerConnection;
        var onRedis = ((joins * joinedBefore.RedisMicroseconds) + (Math.Min(joins, NewSubscriptions(workload, instances)) * (joining.RedisMicroseconds - joinedBefore.RedisMicroseconds))) / 1e6 / (shards * Math.Max(0.05, Spare(ShardUses(workload, machines, shards, instances), 1)));
        return new Recovery(lost, joins, onInstances, onGateways, onRedis);
    }
}
