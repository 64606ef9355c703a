using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Presence;

public sealed class PresenceTests : ClusterTest
{
    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_user_joins_with_his_first_connection_and_leaves_with_his_last_over_all_instances(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);

        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await two.Presence.JoinedAsync("blue", "ann", Cancellation);
        await two.Presence.JoinedAsync("blue", "bob", Cancellation);
        Assert.Equal(["ann 3", "bob 1"], await one.MembersAsync("blue"));
        Assert.Equal(["ann 3", "bob 1"], await two.MembersAsync("blue"));

        await one.Presence.LeftAsync("blue", "ann", Cancellation);
        await one.Presence.LeftAsync("blue", "ann", Cancellation);
        Assert.Equal(["ann 1", "bob 1"], await one.MembersAsync("blue"));

        await two.Presence.LeftAsync("blue", "ann", Cancellation);
        await Eventually.Is("ann has left", () => one.User.Heard("blue").Contains("Left ann 1"));
        Assert.Equal(["bob 1"], await two.MembersAsync("blue"));
        string[] expected = ["Joined ann 1", "Joined bob 2", "Left ann 1"];
        Assert.Equal(expected, one.User.Heard("blue"));
        Assert.Equal(expected, two.User.Heard("blue"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_user_who_comes_back_on_another_instance_in_time_makes_no_event(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, ("Chat:Presence:Grace", "00:00:03"));
        var two = await StartAsync("chat-2", redis, ("Chat:Presence:Grace", "00:00:03"));
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await two.Presence.JoinedAsync("blue", "bob", Cancellation);

        await one.Presence.LeftAsync("blue", "ann", Cancellation);
        Assert.Equal(["ann 0", "bob 1"], await two.MembersAsync("blue"));
        await two.Presence.JoinedAsync("blue", "ann", Cancellation);
        Assert.Equal(["ann 1", "bob 1"], await two.MembersAsync("blue"));

        // Bob's leave marks the moment when ann's would have been told, had she not come back: his grace ends after hers.
        await two.Presence.LeftAsync("blue", "bob", Cancellation);
        await Eventually.Is("bob has left", () => one.User.Heard("blue").Contains("Left bob 1"));
        Assert.Equal(["Joined ann 1", "Joined bob 2", "Left bob 1"], one.User.Heard("blue"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_leave_is_announced_once_though_every_instance_of_the_room_looks_for_it(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var instances = new[] { await StartAsync("chat-1", redis), await StartAsync("chat-2", redis), await StartAsync("chat-3", redis) };
        await Task.WhenAll(instances.Select(instance => instance.Presence.JoinedAsync("blue", "ann", Cancellation).AsTask()));
        await instances[0].Presence.JoinedAsync("blue", "zoe", Cancellation);

        await Task.WhenAll(instances.Select(instance => instance.Presence.LeftAsync("blue", "ann", Cancellation).AsTask()));
        await Eventually.Is("ann has left", () => instances[0].User.Heard("blue").Contains("Left ann 1"));

        await instances[0].Presence.LeftAsync("blue", "zoe", Cancellation);
        await Eventually.Is("zoe has left", () => instances[0].User.Heard("blue").Contains("Left zoe 0"));
        Assert.Single(instances[0].User.Heard("blue"), heard => heard.StartsWith("Joined ann", StringComparison.Ordinal));
        Assert.Single(instances[0].User.Heard("blue"), heard => heard.StartsWith("Left ann", StringComparison.Ordinal));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task Names_that_look_like_what_Redis_keeps_are_only_names(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        string[] names = ["chat-1.00000000=7", "a b=1 c=2", "=", " ", "é😀", "*", "%d"];

        foreach (var name in names)
            await one.Presence.JoinedAsync("blue", name, Cancellation);

        Assert.Equal(names.Select(name => $"{name} 1").Order(StringComparer.Ordinal), (await one.MembersAsync("blue")).Order(StringComparer.Ordinal));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task Ten_thousand_members_are_told_by_a_hundred_names_and_their_number_and_in_few_signals(RedisFlavour flavour)
    {
        const int Members = 10_000;
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);

        await Task.WhenAll(Enumerable.Range(0, Members).Select(i =>
            (i % 2 == 0 ? one : two).Presence.JoinedAsync("big", $"user-{i:00000}", Cancellation).AsTask()));

        var members = await two.Presence.ReadAsync("big", Cancellation);
        Assert.Equal(Members, members.Count);
        Assert.Equal(100, members.Members.Select(member => member.Name).Distinct().Count());
        await Eventually.Is("the last number is told", () => one.User.Heard("big").Any(heard => heard.EndsWith($" {Members}", StringComparison.Ordinal)));
        Assert.True(one.User.Heard("big").Length < 500, $"{one.User.Heard("big").Length} signals were sent.");
    }
}
