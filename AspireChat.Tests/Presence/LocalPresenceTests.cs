using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Switching;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Presence;

public sealed class LocalPresenceTests : ClusterTest
{
    [Fact]
    public async Task Without_Redis_an_instance_knows_its_own_users()
    {
        var alone = await StartAsync("chat-1", redis: null);

        await alone.Presence.JoinedAsync("blue", "ann", Cancellation);
        await alone.Presence.JoinedAsync("blue", "ann", Cancellation);
        await alone.Presence.JoinedAsync("blue", "bob", Cancellation);
        await alone.Presence.LeftAsync("blue", "bob", Cancellation);
        await alone.Presence.JoinedAsync("blue", "bob", Cancellation);
        Assert.Equal(["ann 2", "bob 1"], await alone.MembersAsync("blue"));

        await alone.Presence.LeftAsync("blue", "ann", Cancellation);
        await alone.Presence.LeftAsync("blue", "ann", Cancellation);
        await Eventually.Is("ann has left", () => alone.User.Heard("blue").Contains("Left ann 1"));
        Assert.Equal(["Joined ann 1", "Joined bob 2", "Left ann 1"], alone.User.Heard("blue"));
        Assert.Equal(["bob 1"], await alone.MembersAsync("blue"));
    }

    [Fact]
    public async Task In_mode_local_an_instance_shows_its_own_users_and_after_a_switch_those_of_all()
    {
        var redis = await StartRedisAsync(RedisFlavour.Garnet);
        var one = await StartAsync("chat-1", redis, ("Chat:Backplane", "local"));
        var two = await StartAsync("chat-2", redis, ("Chat:Backplane", "local"));
        await one.Presence.JoinedAsync("blue", "ann", Cancellation);
        await two.Presence.JoinedAsync("blue", "bob", Cancellation);
        Assert.Equal(["ann 1"], await one.MembersAsync("blue"));
        Assert.Equal(["Joined ann 1"], one.User.Heard("blue"));

        await SwitchAsync(one, BackplaneMode.PubSub);
        await Eventually.Is("each room hears of the other's user", () =>
            one.User.Heard("blue").Contains("Joined bob 2") && two.User.Heard("blue").Contains("Joined ann 2"));
        Assert.Equal(["ann 1", "bob 1"], await one.MembersAsync("blue"));

        await SwitchAsync(one, BackplaneMode.Local);
        await Eventually.Is("each room loses the other's user", () =>
            one.User.Heard("blue").Contains("Left bob 1") && two.User.Heard("blue").Contains("Left ann 1"));
        Assert.Equal(["bob 1"], await two.MembersAsync("blue"));
    }

    private static async Task SwitchAsync(TestInstance instance, BackplaneMode mode)
    {
        var outcome = await instance.Services.GetRequiredService<ModeSwitch>().SwitchAsync(mode, Cancellation);
        Assert.Empty(outcome.Missing);
    }
}
