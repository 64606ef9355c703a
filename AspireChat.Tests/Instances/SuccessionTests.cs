using AspireChat.ChatServer.Instances;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Instances;

/// <summary>An instance is started under the name of another: as a pod of a StatefulSet is, or a resource of the app host after it was killed.</summary>
public sealed class SuccessionTests(SharedGarnet garnet, SharedRedisServer redisServer) : ClusterTest(garnet, redisServer)
{
    /// <summary>Nothing in these tests may come of a lease that runs out.</summary>
    private static readonly (string Key, string? Value) LongLease = ("Chat:Instances:Lease", "00:05:00");

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_successor_takes_the_place_of_one_that_was_killed_at_once(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, LongLease);
        var killed = await StartAsync("chat-2", redis, LongLease);
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await killed.Presence.JoinedAsync("blue", "bob", Cancellation);
        await killed.CrashAsync();

        var successor = await StartAsync("chat-2", redis, LongLease);

        Assert.Equal([one.Incarnation.Id, successor.Incarnation.Id], Ids(await one.Directory.ReadAsync(Cancellation)));
        await Eventually.Is("bob has left", () => one.User.Heard("blue").Contains("Left bob 1"));
        Assert.Equal(["ann 1"], await one.MembersAsync("blue"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_user_of_one_that_was_killed_has_his_time_to_come_back(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, LongLease, ("Chat:Instances:Succession", "00:00:03"));
        var killed = await StartAsync("chat-2", redis, LongLease);
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await killed.Presence.JoinedAsync("blue", "bob", Cancellation);
        await killed.Presence.JoinedAsync("blue", "zoe", Cancellation);
        await killed.CrashAsync();

        await StartAsync("chat-2", redis, LongLease, ("Chat:Instances:Succession", "00:00:03"));
        await one.Presence.JoinedAsync("blue", "bob", Cancellation);

        await Eventually.Is("zoe has left", () => one.User.Heard("blue").Contains("Left zoe 2"));
        Assert.DoesNotContain(one.User.Heard("blue"), heard => heard.StartsWith("Left bob", StringComparison.Ordinal));
        Assert.Equal(["ann 1", "bob 1"], await one.MembersAsync("blue"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task One_that_still_lives_notices_and_does_not_fight(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, LongLease);
        var former = await StartAsync("chat-2", redis, LongLease);
        var successor = await StartAsync("chat-2", redis, LongLease);

        await Heartbeat(former).Superseded.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        // It beats on, and the successor too.
        var database = await ConnectAsync(redis);
        await Eventually.Is("the former one is forgotten", async () => await database.SortedSetScoreAsync(Keys.Instances, former.Incarnation.Id) is null);
        await Eventually.Is("each has beaten since", () => Beats(one, successor) > 5 && Ids(former.Directory.Live).SequenceEqual([one.Incarnation.Id, successor.Incarnation.Id]));
        Assert.Equal([one.Incarnation.Id, successor.Incarnation.Id], Ids(await one.Directory.ReadAsync(Cancellation)));
        Assert.False(Heartbeat(successor).Superseded.IsCompleted);
        Assert.False(Heartbeat(one).Superseded.IsCompleted);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task The_later_one_stays_the_later_one_when_Redis_has_lost_everything_and_its_clock_was_set_back(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var leases = (await StartAsync("chat-9", redis, LongLease)).Services.GetRequiredService<IInstanceLeases>();
        var (former, later) = (Incarnation("chat-1.0000000b"), Incarnation("chat-1.0000000a"));

        // As given before the clock was set back by an hour.
        var inAnHour = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        await leases.BeatAsync(former, inAnHour, claim: false);
        var order = (await leases.BeatAsync(later, 0, claim: false)).Order;
        Assert.Equal(inAnHour + 1, order);

        await LoseDataAsync(await ConnectAsync(redis));
        Assert.Equal(inAnHour, (await leases.BeatAsync(former, inAnHour, claim: false)).Order);
        Assert.Equal(order, (await leases.BeatAsync(later, order, claim: false)).Order);
        Assert.Equal(0, (await leases.BeatAsync(former, inAnHour, claim: false)).Order);
        Assert.Equal(order, (await leases.BeatAsync(later, 0, claim: false)).Order);
    }

    private static InstanceStatus Incarnation(string id) => new() { Instance = "chat-1", Incarnation = id };

    private static InstanceHeartbeat Heartbeat(TestInstance instance) => instance.Services.GetRequiredService<InstanceHeartbeat>();

    private static long Beats(TestInstance seenBy, TestInstance instance) =>
        seenBy.Directory.Live.SingleOrDefault(status => status.Incarnation == instance.Incarnation.Id)?.Beat ?? 0;

    private static IEnumerable<string> Ids(IEnumerable<InstanceStatus> instances) =>
        instances.OrderBy(instance => instance.Instance, StringComparer.Ordinal).Select(instance => instance.Incarnation);
}
