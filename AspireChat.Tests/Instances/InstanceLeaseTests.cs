using AspireChat.Tests.Backplane;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Instances;

public sealed class InstanceLeaseTests(SharedGarnet garnet, SharedRedisServer redisServer) : ClusterTest(garnet, redisServer)
{
    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task Each_instance_knows_the_others_with_their_fresh_numbers(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);

        two.Connections = 7;
        two.Draining = true;

        await Eventually.Is("chat-1 sees chat-2's numbers", () =>
            one.Directory.Live.Any(instance => instance is { Instance: "chat-2", Connections: 7, Draining: true, Mode: "pubsub", ModeVersion: 1 }));
        Assert.Equal(["chat-1", "chat-2"], Names(await one.Directory.ReadAsync(Cancellation)));
        Assert.Equal(["chat-1", "chat-2"], Names(one.Directory.Live));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task An_orderly_end_is_seen_at_once(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, ("Chat:Instances:Lease", "00:05:00"));
        var two = await StartAsync("chat-2", redis, ("Chat:Instances:Lease", "00:05:00"));
        Assert.Equal(["chat-1", "chat-2"], Names(await one.Directory.ReadAsync(Cancellation)));

        await two.DisposeAsync();

        Assert.Equal(["chat-1"], Names(await one.Directory.ReadAsync(Cancellation)));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_dead_instance_is_alive_until_its_lease_ends(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);

        await two.CrashAsync();

        Assert.Equal(["chat-1", "chat-2"], Names(await one.Directory.ReadAsync(Cancellation)));
        await Eventually.Is("the dead one is gone", async () => Names(await one.Directory.ReadAsync(Cancellation)) is ["chat-1"]);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_lease_from_before_the_clock_of_Redis_was_set_back_ends_all_the_same(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);
        await two.CrashAsync();

        var database = await ConnectAsync(redis);
        var inAnHour = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        await database.SortedSetAddAsync(Keys.Instances, two.Incarnation.Id, inAnHour);

        await Eventually.Is("the dead one is gone", async () => Names(await one.Directory.ReadAsync(Cancellation)) is ["chat-1"]);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task When_every_lease_has_ended_nobody_clears_up_after_the_living(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var quick = await StartAsync("chat-1", redis, ("Chat:Instances:Patience", "00:00:10"));
        var slow = await StartAsync("chat-2", redis, ("Chat:Instances:Patience", "00:00:10"), ("Chat:Instances:Beat", "00:00:02"));
        await slow.Presence.JoinedAsync("blue", "ann", Cancellation);

        // As after a long absence of Redis, from which one instance returns sooner than the other.
        var database = await ConnectAsync(redis);
        var entries = await database.SortedSetRangeByRankAsync(Keys.Instances);
        await database.SortedSetAddAsync(Keys.Instances, [.. entries.Select(id => new SortedSetEntry(id, 1))]);

        await Eventually.Is("the other is alive again", async () => (await quick.Directory.ReadAsync(Cancellation)).Count == 2);
        Assert.Equal(["ann 1"], await quick.MembersAsync("blue"));
        Assert.Equal(["Joined ann 1"], quick.User.Heard("blue"));
        Assert.Equal(0, await database.SortedSetLengthAsync(Keys.InstanceClaims));
    }

    [Fact]
    public async Task Without_Redis_an_instance_knows_itself()
    {
        var alone = await StartAsync("chat-1", redis: null);
        alone.Connections = 3;

        var itself = Assert.Single(await alone.Directory.ReadAsync(Cancellation));

        Assert.Equal(("chat-1", 3, "local"), (itself.Instance, itself.Connections, itself.Mode));
        await Eventually.Is("the beat has its number", () => alone.Directory.Live.Single().Connections == 3);
    }

    private static string[] Names(IReadOnlyList<ChatServer.Instances.InstanceStatus> instances) =>
        [.. instances.Select(instance => instance.Instance).Order(StringComparer.Ordinal)];
}
