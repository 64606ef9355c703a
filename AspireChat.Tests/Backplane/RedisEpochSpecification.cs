using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Backplane;

/// <summary>What mode stream owes on every flavour of Redis when the stream of a room is no longer the one it was: a new epoch, and all are told.</summary>
public abstract class RedisEpochSpecification(SharedRedis redis) : StreamSpecification
{
    protected RedisFlavour Flavour => redis.Flavour;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal override async Task<InstanceGroup> NewGroupAsync() => new(await redis.ConnectionStringAsync());

    [Fact]
    public async Task A_switch_of_the_mode_begins_a_new_epoch_and_a_straggler_cannot_publish_in_the_old_one()
    {
        await using var group = await StartAsync(instances: 1, Settings with { Version = 2 });
        var before = await group[0].SendAsync(group.Room, "before");
        await group.AddAsync(Settings with { Version = 10 });
        var sink = await group[1].JoinAsync(group.Room);

        var straggler = await group[0].SendAsync(group.Room, "too late");
        await group[1].SendAsync(group.Room, "after");

        Assert.Equal(PublishStatus.Unavailable, straggler.Status);
        Assert.StartsWith("10.", sink.Begun!.Value.Epoch);
        Assert.NotEqual(before.Position!.Value.Epoch, sink.Begun.Value.Epoch);
        await AllHave([sink], ["after"]);
        await Assert.ThrowsAsync<BackplaneUnavailableException>(async () => await group[0].Backplane.SubscribeAsync(group.Room, new RecordingSink(), Cancellation));
    }

    [Fact]
    public async Task A_rollback_is_noticed_by_the_next_publication_and_no_offset_names_two_messages()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        await PublishAsync(group[0], group.Room, 1, 10);
        await Eventually.Is("all are delivered", () => sinks.All(sink => sink.Count == 10));

        await RollBackAsync(group, messages: 3);
        var result = await group[1].SendAsync(group.Room, "after");

        Assert.Equal(1, result.Position!.Value.Offset);
        Assert.NotEqual(sinks[0].Begun!.Value.Epoch, result.Position.Value.Epoch);
        await Eventually.Is("all are told", () => sinks.All(sink => sink.Resyncs is [var only] && only == result.Position));
        AssertAgreed(sinks);
    }

    [Fact]
    public async Task A_rollback_is_noticed_without_any_publication()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        await PublishAsync(group[0], group.Room, 1, 10);
        await Eventually.Is("all are delivered", () => sinks.All(sink => sink.Count == 10));

        await RollBackAsync(group, messages: 3);

        await Eventually.Is("all are told", () => sinks.All(sink => sink.Resyncs is [{ Offset: 0 }]));
        await group[0].SendAsync(group.Room, "after");
        await AllHave(sinks, [.. Enumerable.Range(1, 10).Select(number => $"{number}"), "after"]);
        AssertAgreed(sinks);
    }

    [Theory, InlineData(2), InlineData(4), InlineData(40)]
    public async Task A_fork_is_noticed_even_when_it_has_gone_further_than_what_it_replaced(int forked)
    {
        await using var group = await StartAsync(instances: 2);
        var sink = await group[0].JoinAsync(group.Room);
        await PublishAsync(group[0], group.Room, 1, 10);
        await Eventually.Is("all are delivered", () => sink.Count == 10);

        // An instance that knows nothing of the room publishes in the stream as it was rolled back; the other one hears it only later.
        group[0].Redis!.Subscriptions.Deafen(TimeSpan.FromSeconds(1));
        await RollBackAsync(group, messages: 3);
        await PublishAsync(group[1], group.Room, 100, forked);

        await Eventually.Is("it is told", () => sink.Resyncs.Length > 0);
        sink.AssertContractKept();
        var after = await group[1].SendUntilPublishedAsync(group.Room, "after");
        Assert.NotEqual(sink.Begun!.Value.Epoch, after!.Value.Epoch);
        await Eventually.Is("it goes on", () => sink.Places.ContainsValue("after"));
    }

    [Fact]
    public async Task A_room_whose_keys_are_gone_begins_a_new_epoch()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        await PublishAsync(group[0], group.Room, 1, 10);
        await Eventually.Is("all are delivered", () => sinks.All(sink => sink.Count == 10));

        await group[0].Redis!.Publisher.GetDatabase().KeyDeleteAsync([group.Keys.RoomStream(group.Room), group.Keys.RoomHistory(group.Room)]);

        await Eventually.Is("all are told", () => sinks.All(sink => sink.Resyncs is [{ Offset: 0 }]));
        Assert.Equal(sinks[0].Resyncs, sinks[1].Resyncs);
        await group[1].SendAsync(group.Room, "after");
        await Eventually.Is("it goes on", () => sinks.All(sink => sink.Texts[^1] == "after"));
        AssertAgreed(sinks);
    }

    [Fact]
    public async Task An_epoch_that_comes_back_after_it_ended_is_ended_again()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        var database = group[0].Redis!.Publisher.GetDatabase();
        await PublishAsync(group[0], group.Room, 1, 5);
        var snapshot = await database.HashGetAllAsync(group.Keys.RoomStream(group.Room));
        await database.KeyDeleteAsync([group.Keys.RoomStream(group.Room), group.Keys.RoomHistory(group.Room)]);
        await Eventually.Is("all are told", () => sinks.All(sink => sink.Resyncs.Length == 1));

        await database.HashSetAsync(group.Keys.RoomStream(group.Room), snapshot);

        await Eventually.Is("all are told again", () => sinks.All(sink => sink.Resyncs.Length == 2));
        Assert.NotEqual(sinks[0].Begun!.Value.Epoch, sinks[0].Resyncs[1].Epoch);
        AssertAgreed(sinks);
    }

    [Fact]
    public async Task After_a_restart_with_its_data_the_epoch_is_the_same_and_nothing_acknowledged_is_lost()
    {
        Assert.SkipUnless(Flavour == RedisFlavour.Redis, "Garnet may forget over a kill what it has acknowledged, with its log as well.");
        await using var server = await RedisServer.StartAsync(Flavour, new() { Durable = true });
        await using var group = new InstanceGroup(server.ConnectionString);
        await group.AddAsync(Settings);
        await group.AddAsync(Settings);
        var sinks = await group.JoinAllAsync(group.Room);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var publishing = PublishUntilAsync(group[0], group.Room, stop.Token);
        await Eventually.Is("some are delivered", () => sinks.All(sink => sink.Count > 50));

        await server.KillAsync();
        await server.StartAsync();

        var count = sinks[0].Count;
        await Eventually.Is("it goes on", () => sinks.All(sink => sink.Count > count + 50));
        await stop.CancelAsync();
        await AssertAllDelivered(await publishing, sinks);
        Assert.All(sinks, sink => Assert.Empty(sink.Resyncs));
    }

    [Fact]
    public async Task After_a_restart_without_its_data_there_is_a_new_epoch_and_all_are_told()
    {
        await using var server = await RedisServer.StartAsync(Flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        await group.AddAsync(Settings);
        await group.AddAsync(Settings);
        var sinks = await group.JoinAllAsync(group.Room);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var publishing = PublishUntilAsync(group[0], group.Room, stop.Token);
        await Eventually.Is("some are delivered", () => sinks.All(sink => sink.Count > 50));

        await server.LoseDataAsync();
        await server.StartAsync();

        await Eventually.Is("all are told", () => sinks.All(sink => sink.Resyncs.Length > 0));
        await stop.CancelAsync();
        await publishing;
        var last = await group[1].SendUntilPublishedAsync(group.Room, "last");
        await Eventually.Is("all go on in the new epoch", () => sinks.All(sink => sink.Position == last));
        AssertAgreed(sinks);
        Assert.All(sinks, sink => Assert.Equal(last!.Value.Epoch, sink.Resyncs[^1].Epoch));
    }

    /// <summary>Puts the room's stream back to where it stood some messages ago, as a restart from an older state would.</summary>
    private static Task<RedisResult> RollBackAsync(InstanceGroup group, int messages) => group[0].Redis!.Publisher.GetDatabase().ScriptEvaluateAsync(
        """
        for _ = 1, tonumber(ARGV[1]) do redis.call('RPOP', KEYS[2]) end
        local last = redis.call('LINDEX', KEYS[2], -1)
        local epoch = string.byte(last, 22)
        redis.call('HSET', KEYS[1], 'top', tonumber(redis.call('HGET', KEYS[1], 'top')) - tonumber(ARGV[1]), 'mark', string.sub(last, 23 + epoch, 34 + epoch))
        """,
        [group.Keys.RoomStream(group.Room), group.Keys.RoomHistory(group.Room)],
        [messages]);
}
