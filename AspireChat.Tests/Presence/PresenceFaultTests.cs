using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Presence;

public sealed class PresenceFaultTests : ClusterTest
{
    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task Users_of_a_dead_instance_are_taken_out_and_announced_once_unless_they_are_elsewhere_too(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var survivors = new[] { await StartAsync("chat-1", redis), await StartAsync("chat-2", redis) };
        var dying = await StartAsync("chat-3", redis);
        string[] gone = [.. Enumerable.Range(0, 250).Select(i => $"gone-{i:000}")];
        foreach (var room in (string[])["blue", "red"])
            await dying.Presence.JoinedAsync(room, "ann", Cancellation);
        await survivors[0].Presence.JoinedAsync("blue", "ann", Cancellation);
        await survivors[1].Presence.JoinedAsync("red", "bob", Cancellation);
        await Task.WhenAll(gone.Select(name => dying.Presence.JoinedAsync("hall", name, Cancellation).AsTask()));

        await dying.CrashAsync();

        await Eventually.Is("its users are out of every room", async () =>
            (await survivors[0].MembersAsync("hall")).Length == 0 && (await survivors[0].MembersAsync("red")) is ["bob 1"]);
        Assert.Equal(["ann 1"], await survivors[1].MembersAsync("blue"));
        await Eventually.Is("ann's leave is told", () => survivors[0].User.Heard("red").Contains("Left ann 1"));
        Assert.Single(survivors[0].User.Heard("red"), heard => heard.StartsWith("Left", StringComparison.Ordinal));
        Assert.DoesNotContain(survivors[0].User.Heard("blue"), heard => heard.StartsWith("Left", StringComparison.Ordinal));
        await Eventually.Is("the empty hall is told", () => survivors[0].User.Heard("hall").Any(heard => heard.EndsWith(" 0", StringComparison.Ordinal)));
        var left = survivors[0].User.Heard("hall").Where(heard => heard.StartsWith("Left", StringComparison.Ordinal)).Select(heard => heard.Split(' ')[1]);
        Assert.Equal(left.Distinct(), left);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task Nothing_of_a_dead_instance_stays_in_Redis(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var survivor = await StartAsync("chat-1", redis);
        var dying = await StartAsync("chat-2", redis);
        await dying.Presence.JoinedAsync("blue", "ann", Cancellation);

        await dying.CrashAsync();

        var database = await ConnectAsync(redis);
        var incarnation = dying.Name;
        await Eventually.Is("it is forgotten", async () =>
            await database.SortedSetLengthAsync("chat:{instances}:leases") == 1
            && await database.HashLengthAsync("chat:{instances}:statuses") == 1
            && await database.SortedSetLengthAsync("chat:{instances}:claims") == 0);
        var keys = database.Multiplexer.GetServers().Single().Keys(pattern: "chat:*").Select(key => (string)key!).ToArray();
        Assert.DoesNotContain(keys, key => key.Contains(incarnation) || key.Contains("blue"));
        Assert.Single(survivor.Directory.Live);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task An_orderly_end_leaves_nobody_behind_and_gives_them_time_to_come_back_elsewhere(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var staying = await StartAsync("chat-1", redis, ("Chat:Presence:Grace", "00:00:02"));
        var ending = await StartAsync("chat-2", redis, ("Chat:Presence:Grace", "00:00:02"));
        await staying.Presence.JoinedAsync("blue", "bob", Cancellation);
        await ending.Presence.JoinedAsync("blue", "ann", Cancellation);
        await ending.Presence.JoinedAsync("blue", "zoe", Cancellation);

        await ending.Presence.LeftAsync("blue", "ann", Cancellation);
        await ending.Presence.LeftAsync("blue", "zoe", Cancellation);
        await ending.DisposeAsync();
        await staying.Presence.JoinedAsync("blue", "ann", Cancellation);

        await Eventually.Is("zoe has left", () => staying.User.Heard("blue").Contains("Left zoe 2"));
        Assert.DoesNotContain(staying.User.Heard("blue"), heard => heard.StartsWith("Left ann", StringComparison.Ordinal));
        Assert.Equal(["ann 1", "bob 1"], await staying.MembersAsync("blue"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task What_Redis_forgot_is_written_again(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await two.Presence.JoinedAsync("blue", "bob", Cancellation);

        var database = await ConnectAsync(redis);
        await database.ExecuteAsync("FLUSHALL");

        await Eventually.Is("everybody is back", async () => await one.MembersAsync("blue") is ["ann 1", "bob 1"]);
        await Eventually.Is("the rooms of each are noted", async () =>
            await database.SetContainsAsync($"chat:rooms:{one.Incarnation.Id}", "blue") && await database.SetContainsAsync($"chat:rooms:{two.Incarnation.Id}", "blue"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task What_Redis_has_wrong_with_the_right_count_is_written_right(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, ("Chat:Presence:Rewrite", "00:00:00.5"));
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);

        // As after a return to an older state: somebody who has left, in the place of somebody who has joined since.
        var database = await ConnectAsync(redis);
        await database.HashDeleteAsync("chat:presence:{blue}", "ann");
        await database.HashSetAsync("chat:presence:{blue}", "old", $"{one.Incarnation.Id}=1");
        await database.SetRemoveAsync($"chat:presence:{{blue}}:{one.Incarnation.Id}", "ann");
        await database.SetAddAsync($"chat:presence:{{blue}}:{one.Incarnation.Id}", "old");

        await Eventually.Is("only ann is there", async () => await one.MembersAsync("blue") is ["ann 1"]);
        await Eventually.Is("old is told to have left", () => one.User.Heard("blue").Contains("Left old 1"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task While_Redis_is_away_joins_work_and_are_told_when_it_is_back(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);

        await redis.KillAsync();
        await one.Presence.JoinedAsync("blue", "bob", Cancellation);
        await two.Presence.JoinedAsync("blue", "zoe", Cancellation);
        Assert.Equal(["ann 1", "bob 1"], await one.MembersAsync("blue"));
        await one.Presence.LeftAsync("blue", "ann", Cancellation);
        await redis.StartAsync();

        await Eventually.Is("both know both", async () =>
            await one.MembersAsync("blue") is ["bob 1", "zoe 1"] && await two.MembersAsync("blue") is ["bob 1", "zoe 1"]);
        await Eventually.Is("both joins are told", () =>
            two.User.Heard("blue").Any(heard => heard.StartsWith("Joined bob", StringComparison.Ordinal))
            && one.User.Heard("blue").Any(heard => heard.StartsWith("Joined zoe", StringComparison.Ordinal)));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task An_instance_taken_for_dead_by_mistake_puts_its_users_back(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await two.Presence.JoinedAsync("blue", "bob", Cancellation);

        // As if chat-2 had cleared up after chat-1 during a partition of the two.
        var database = await ConnectAsync(redis);
        await database.HashDeleteAsync("chat:presence:{blue}", "ann");
        await database.KeyDeleteAsync([$"chat:presence:{{blue}}:{one.Incarnation.Id}"]);
        await database.KeyDeleteAsync([$"chat:rooms:{one.Incarnation.Id}"]);
        await database.SortedSetRemoveAsync("chat:{instances}:leases", one.Incarnation.Id);

        await Eventually.Is("ann is back", async () => await two.MembersAsync("blue") is ["ann 1", "bob 1"]);
        await Eventually.Is("her room is noted", async () => await database.SetContainsAsync($"chat:rooms:{one.Incarnation.Id}", "blue"));
    }
}
