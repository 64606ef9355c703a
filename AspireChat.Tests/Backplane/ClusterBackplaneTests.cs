using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.Tests.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Backplane;

[Collection(nameof(SharedCluster))]
public sealed class PubSubBackplaneOnCluster(SharedCluster shared) : BackplaneSpecification
{
    internal override BackplaneMode Mode => BackplaneMode.PubSub;

    internal override async Task<InstanceGroup> NewGroupAsync() => new((await shared.GetAsync()).ConnectionString);
}

[Collection(nameof(SharedCluster))]
public sealed class StreamBackplaneOnCluster(SharedCluster shared) : StreamSpecification
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal override async Task<InstanceGroup> NewGroupAsync() => new((await shared.GetAsync()).ConnectionString);

    [Fact]
    public async Task Rooms_and_their_channels_are_spread_over_the_shards_and_nothing_of_a_room_is_elsewhere()
    {
        var cluster = await shared.GetAsync();
        await using var group = await StartAsync(instances: 2);
        var rooms = Enumerable.Range(0, 30).Select(number => $"room-{number}").ToArray();
        var sinks = new List<RecordingSink>();
        foreach (var room in rooms)
            sinks.AddRange(await group.JoinAllAsync(room));

        // All at once, so that some wait behind others: those of one room go together, those of two cannot.
        var results = await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(number => rooms.Select(room => group[0].SendAsync(room, $"{number}").AsTask())));
        Assert.All(results, result => Assert.Equal(PublishStatus.Published, result.Status));
        await AllHave(sinks, [.. Enumerable.Range(0, 10).Select(number => $"{number}")]);

        // By the channels, and not by the looks at the history that would make good for them.
        Assert.Equal(0, group[0].Metrics["chat.backplane.repaired_messages"] + group[1].Metrics["chat.backplane.repaired_messages"]);

        foreach (var node in await cluster.PrimariesAsync())
        {
            var channels = await cluster.ListAsync(node, "PUBSUB", "SHARDCHANNELS", $"{group.Prefix}room:*");
            var here = rooms.Where(room => channels.Contains(group.Keys.RoomChannel(room))).ToArray();
            Assert.InRange(here.Length, 1, rooms.Length - 2);
            Assert.Equal(channels.Length, here.Length);

            var keys = await cluster.ListAsync(node, "KEYS", $"{group.Prefix}*");
            Assert.Equal(here.SelectMany(room => new[] { group.Keys.RoomStream(room), group.Keys.RoomHistory(room), group.Keys.RoomSends(room), group.Keys.RoomSendOrder(room) }).Order(), keys.Order());

            // The bus between the nodes carries nothing of it.
            Assert.Empty(await cluster.ListAsync(node, "PUBSUB", "CHANNELS", $"{group.Prefix}room:*"));
        }
    }

    [Fact]
    public async Task Each_shard_has_a_probe()
    {
        var cluster = await shared.GetAsync();
        await using var group = await StartAsync(instances: 1, Settings with { Probe = true });

        await Eventually.Is("a probe is subscribed on each primary", async () =>
        {
            var probes = await Task.WhenAll((await cluster.PrimariesAsync()).Select(node => cluster.ListAsync(node, "PUBSUB", "SHARDCHANNELS", $"{group.Prefix}probe:*")));
            return probes.All(channels => channels.Length == 1);
        });
        Assert.True(group[0].ProbeIsHeard);
    }

    [Fact]
    public async Task A_slot_that_moves_takes_its_room_along_and_a_quiet_one_has_what_was_said_meanwhile()
    {
        var cluster = await shared.GetAsync();
        await using var group = await StartAsync(instances: 2, Settings with { Probe = true });
        var sinks = await group.JoinAllAsync(group.Room);
        await group[0].SendAsync(group.Room, "before");
        await AllHave(sinks, ["before"]);
        var former = await cluster.PrimaryOfAsync(group.Room);

        // Published by the new owner before anybody can listen there, and no further message tells that it is missing.
        await cluster.MoveAsync([group.Room], () => group[0].SendUntilPublishedAsync(group.Room, "meanwhile"));

        await AllHave(sinks, ["before", "meanwhile"]);
        await Eventually.Is("both have looked because of the move", () => group[0].Metrics["chat.backplane.repairs/moved"] > 0 && group[1].Metrics["chat.backplane.repairs/moved"] > 0);
        Assert.NotSame(former, await cluster.PrimaryOfAsync(group.Room));
        await Eventually.Is("both are subscribed there", async () => await SubscribersAsync(cluster, group) == 2);
        await group[1].SendAsync(group.Room, "after");
        await AllHave(sinks, ["before", "meanwhile", "after"]);
        Assert.All(sinks, sink => Assert.Empty(sink.Resyncs));
    }

    [Fact]
    public async Task Slots_that_move_under_load_lose_and_repeat_nothing()
    {
        var cluster = await shared.GetAsync();
        await using var group = await StartAsync(instances: 3, Settings with { Probe = true });
        var rooms = Enumerable.Range(0, 12).Select(number => $"moving-{number}").ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var talks = new List<(RecordingSink[] Sinks, Task<List<string>> Sending)>();
        foreach (var room in rooms)
            talks.Add((await group.JoinAllAsync(room), PublishUntilAsync(group[talks.Count % 3], room, stop.Token)));

        for (var round = 0; round < 3; round++)
            await cluster.MoveAsync(rooms);

        await stop.CancelAsync();
        foreach (var (sinks, sending) in talks)
        {
            await AssertAllDelivered(await sending, sinks);
            Assert.All(sinks, sink => Assert.Empty(sink.Resyncs));
        }
    }

    [Fact]
    public async Task A_single_node_that_has_met_no_other_and_does_not_know_its_own_address_will_do()
    {
        await using var node = await RedisServer.StartAsync(RedisFlavour.Redis, new() { Arguments = ["--cluster-enabled", "yes", "--cluster-port", $"{FreePort.Take()}"] });
        Assert.Equal("+OK", await node.CommandAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
        await Eventually.Is("the cluster is up", async () => (await node.TextAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal));
        await using var group = new InstanceGroup(node.ConnectionString);
        await group.AddAsync(Settings with { Probe = true });
        await group.AddAsync(Settings);
        var sinks = await group.JoinAllAsync(group.Room);

        await group[1].SendAsync(group.Room, "hello");

        await AllHave(sinks, ["hello"]);
        Assert.True(group[0].ProbeIsHeard);
    }

    private static async Task<int> SubscribersAsync(RedisCluster cluster, InstanceGroup group)
    {
        var numbers = await cluster.ListAsync(await cluster.PrimaryOfAsync(group.Room), "PUBSUB", "SHARDNUMSUB", group.Keys.RoomChannel(group.Room));
        return int.Parse(numbers[1], null);
    }
}

public sealed class RedisChannelTests
{
    [Fact]
    public void A_channel_of_a_room_is_its_shards_where_the_cluster_can_else_that_of_one_node()
    {
        var room = new RedisKeys("chat:").RoomChannel("a");

        Assert.True(RedisChannels.Of(room, new RedisTopology(IsCluster: true, HasShardedChannels: true)).IsSharded);
        Assert.Equal("SPUBLISH", RedisChannels.CommandOf(new RedisTopology(IsCluster: true, HasShardedChannels: true)));
        Assert.False(RedisChannels.Of(room, new RedisTopology(IsCluster: true, HasShardedChannels: false)).IsSharded);
        Assert.Equal("PUBLISH", RedisChannels.CommandOf(new RedisTopology(IsCluster: true, HasShardedChannels: false)));
        Assert.Equal(RedisChannel.Literal(room), RedisChannels.Of(room, new RedisTopology(IsCluster: false, HasShardedChannels: false)));
    }

    [Fact]
    public void What_concerns_every_instance_is_heard_on_every_node() =>
        Assert.False(RedisChannels.Of(new RedisKeys("chat:").NoticeChannel, new RedisTopology(IsCluster: true, HasShardedChannels: true)).IsSharded);
}
