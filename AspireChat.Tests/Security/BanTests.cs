using System.Net;
using AspireChat.ChatServer.Security;
using AspireChat.ChatServer.Security.Bans;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Security;

public sealed class BanTests : ClusterTest
{
    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_ban_closes_the_users_connections_on_all_instances_and_keeps_him_out(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var two = await StartAsync("chat-2", redis);
        Assert.Equal(Access.Allowed, await CheckAsync(two, "eve"));

        using var answer = await one.Http.PutAsync("/admin/bans/eve", null, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        foreach (var instance in new[] { one, two })
        {
            await Eventually.Is("her connections are closed", () => instance.UserConnections.Closed.Contains("eve"));
            Assert.Equal(Access.Forbidden, await CheckAsync(instance, "eve"));
            Assert.Equal(Access.Allowed, await CheckAsync(instance, "ann"));
        }

        using var lifted = await two.Http.DeleteAsync("/admin/bans/eve", Cancellation);
        await Eventually.Is("she may come again", async () => await CheckAsync(one, "eve") == Access.Allowed);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_ban_holds_for_an_instance_that_starts_later(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        using var answer = await one.Http.PutAsync("/admin/bans/eve", null, Cancellation);
        await one.DisposeAsync();

        var late = await StartAsync("chat-2", redis);

        Assert.Equal(Access.Forbidden, await CheckAsync(late, "eve"));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task Bans_that_Redis_lost_are_put_back(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        using var eve = await one.Http.PutAsync("/admin/bans/eve", null, Cancellation);
        await Eventually.Is("the ban is known", async () => await CheckAsync(one, "eve") == Access.Forbidden);

        var database = await ConnectAsync(redis);
        await database.ExecuteAsync("FLUSHALL");
        using var mallory = await one.Http.PutAsync("/admin/bans/mallory", null, Cancellation);

        var late = await StartAsync("chat-2", redis);
        Assert.Equal(Access.Forbidden, await CheckAsync(late, "eve"));
        Assert.Equal(Access.Forbidden, await CheckAsync(late, "mallory"));
    }

    [Fact]
    public async Task A_ban_is_followed_without_a_notice_and_the_closing_is_repeated()
    {
        var redis = await StartRedisAsync(RedisFlavour.Redis);
        var one = await StartAsync("chat-1", redis);

        var database = await ConnectAsync(redis);
        await database.SetAddAsync("chat:{bans}:names", "eve");
        await database.StringSetAsync("chat:{bans}:version", 1);

        // The second closing ends a join that was being decided by the former list during the first.
        await Eventually.Is("her connections are closed twice", () => one.UserConnections.Closed is { Count: 2 });
        Assert.All(one.UserConnections.Closed, name => Assert.Equal("eve", name));
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%C3%A9%F0%9F%98%80%20x", "é😀 x")]
    [InlineData("eve?name=ann", "eve")]
    [InlineData("..%2F", "../")]
    public async Task Any_name_can_be_banned(string inAddress, string name)
    {
        var alone = await StartAsync("chat-1", redis: null);

        using var answer = await alone.Http.PutAsync($"/admin/bans/{inAddress}", null, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Eventually.Is("the name is banned", () => alone.Services.GetRequiredService<BanList>().Snapshot.Names.SetEquals([name]));
    }

    [Fact]
    public async Task Bans_can_be_listed_and_need_the_key_and_a_possible_name()
    {
        var alone = await StartAsync("chat-1", redis: null);
        using (await alone.Http.PutAsync("/admin/bans/zoe", null, Cancellation))
        using (await alone.Http.PutAsync("/admin/bans/ann", null, Cancellation))
        {
        }

        await Eventually.Is("both are banned", async () => await alone.Http.GetStringAsync("/admin/bans", Cancellation) == """{"names":["ann","zoe"]}""");
        using var tooLong = await alone.Http.PutAsync($"/admin/bans/{new string('x', 33)}", null, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        alone.Http.DefaultRequestHeaders.Remove("X-Admin-Key");
        using var without = await alone.Http.PutAsync("/admin/bans/bob", null, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
    }

    private static async Task<Access> CheckAsync(TestInstance instance, string name) =>
        await instance.Services.GetRequiredService<AccessControl>().CheckAsync(identity: null, "blue", name, RoomAction.Join);
}
