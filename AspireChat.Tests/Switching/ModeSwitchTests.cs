using System.Net;
using System.Text;
using System.Text.Json;
using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.Tests.Switching;

public sealed class ModeSwitchTests : ClusterTest
{
    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_switch_answers_when_every_instance_works_in_the_new_mode(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var instances = new[] { await StartAsync("chat-1", redis), await StartAsync("chat-2", redis), await StartAsync("chat-3", redis) };
        var former = instances[0].User.Current;

        using var answer = await PutAsync(instances[1], """{"mode":"stream"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"mode":"stream","instances":["chat-1","chat-2","chat-3"]}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.All(instances, instance => Assert.Equal(BackplaneMode.Stream, instance.User.Current.Mode));
        Assert.All(instances, instance => Assert.Equal(2, ((HubBackplane)instance.User.Current).Version));
        await Eventually.Is("the former backplane is disposed", () => ((HubBackplane)former).Disposed);
        Assert.False(((HubBackplane)instances[0].User.Current).Disposed);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_switch_to_the_present_mode_disturbs_nobody(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        var present = one.User.Current;

        using var answer = await PutAsync(one, """{"mode":"pubsub"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Same(present, one.User.Current);
    }

    [Fact]
    public async Task A_switch_that_an_instance_does_not_follow_in_time_names_it()
    {
        var redis = await StartRedisAsync(RedisFlavour.Garnet);
        var one = await StartAsync("chat-1", redis, ("Chat:Switching:Confirmation", "00:00:00.5"));
        var stuck = await StartAsync("chat-2", redis);
        var released = new TaskCompletionSource();
        stuck.User.BeforeSwitch = released.Task.WaitAsync;

        using var answer = await PutAsync(one, """{"mode":"local"}""");

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("unconfirmed", body.RootElement.GetProperty("code").GetString());
        Assert.Equal("chat-2", Assert.Single(body.RootElement.GetProperty("instances").EnumerateArray()).GetString());
        released.SetResult();
        await Eventually.Is("it follows in the end", () => stuck.User.Current.Mode == BackplaneMode.Local);
    }

    [Fact]
    public async Task A_switch_that_fails_on_an_instance_is_tried_again()
    {
        var redis = await StartRedisAsync(RedisFlavour.Garnet);
        var one = await StartAsync("chat-1", redis);
        var failures = 2;
        one.User.BeforeSwitch = _ => Interlocked.Decrement(ref failures) >= 0
            ? throw new BackplaneUnavailableException("A room could not be subscribed.")
            : Task.CompletedTask;

        using var answer = await PutAsync(one, """{"mode":"stream"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(BackplaneMode.Stream, one.User.Current.Mode);
        Assert.Equal(3, one.User.Made.Count(backplane => backplane.Disposed));
    }

    [Theory]
    [InlineData("""{"mode":"carrier pigeon"}""")]
    [InlineData("""{"mode":"Stream"}""")]
    [InlineData("""{"mode":1}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("mode=stream")]
    [InlineData("")]
    public async Task A_bad_mode_is_refused_with_what_would_be_right(string body)
    {
        var redis = await StartRedisAsync(RedisFlavour.Redis);
        var one = await StartAsync("chat-1", redis);

        using var answer = await PutAsync(one, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            """{"code":"bad_mode","message":"The body must be {\u0022mode\u0022: \u2026} with one of local, pubsub or stream."}""",
            await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task An_instance_without_Redis_works_in_mode_local_and_cannot_be_switched()
    {
        var alone = await StartAsync("chat-1", redis: null, ("Chat:Backplane", "stream"));
        Assert.Equal(BackplaneMode.Local, alone.User.Current.Mode);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(alone));

        using var answer = await PutAsync(alone, """{"mode":"stream"}""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("\"no_redis\"", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task An_instance_starts_in_the_mode_that_the_others_were_switched_to(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        using var answer = await PutAsync(one, """{"mode":"local"}""");

        var late = await StartAsync("chat-2", redis, ("Chat:Backplane", "stream"));

        Assert.Equal(BackplaneMode.Local, late.User.Current.Mode);
        Assert.Single(late.User.Made);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task An_instance_that_finds_no_Redis_at_its_start_is_not_ready_and_catches_up(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour, new() { Durable = true });
        var one = await StartAsync("chat-1", redis);
        using var answer = await PutAsync(one, """{"mode":"local"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await redis.StopAsync();

        var late = await StartAsync("chat-2", redis, ("Chat:Backplane", "stream"));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(late));
        Assert.Equal(BackplaneMode.Stream, late.User.Current.Mode);
        await redis.StartAsync();

        await Eventually.Is("it works in the mode of the others", () => late.User.Current.Mode == BackplaneMode.Local);
        await Eventually.Is("it is ready", async () => await HealthAsync(late) == HealthStatus.Healthy);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_mode_that_Redis_lost_is_put_back_even_against_a_newcomer(RedisFlavour flavour)
    {
        var redis = await StartRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis);
        using (await PutAsync(one, """{"mode":"local"}"""))
        using (await PutAsync(one, """{"mode":"stream"}"""))
        {
        }

        var database = await ConnectAsync(redis);
        await database.HashSetAsync("chat:mode", [new("mode", "pubsub"), new("version", 1)]);

        await Eventually.Is("the mode is back", async () => await database.HashGetAsync("chat:mode", "mode") == "stream");
        Assert.Equal(3, await database.HashGetAsync("chat:mode", "version"));
        await database.KeyDeleteAsync(["chat:mode"]);
        await Eventually.Is("the mode is back", async () => await database.HashGetAsync("chat:mode", "mode") == "stream");
        Assert.Equal(3, ((HubBackplane)one.User.Current).Version);
    }

    [Fact]
    public async Task A_switch_is_followed_without_a_notice()
    {
        var redis = await StartRedisAsync(RedisFlavour.Redis);
        var one = await StartAsync("chat-1", redis);

        var database = await ConnectAsync(redis);
        await database.HashSetAsync("chat:mode", [new("mode", "stream"), new("version", 5)]);

        await Eventually.Is("the mode is followed", () => one.User.Current is HubBackplane { Mode: BackplaneMode.Stream, Version: 5 });
    }

    [Fact]
    public async Task A_notice_makes_a_switch_quicker_than_the_next_look()
    {
        var redis = await StartRedisAsync(RedisFlavour.Redis);
        var one = await StartAsync("chat-1", redis, ("Chat:Switching:Look", "00:01:00"));
        var two = await StartAsync("chat-2", redis, ("Chat:Switching:Look", "00:01:00"));
        var database = await ConnectAsync(redis);
        await Eventually.Is("both listen", async () => (long)(await database.ExecuteAsync("PUBSUB", "NUMSUB", "chat:notices"))[1] == 2);

        using var answer = await PutAsync(one, """{"mode":"stream"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(BackplaneMode.Stream, two.User.Current.Mode);
    }

    [Fact]
    public async Task While_Redis_is_away_a_switch_is_unavailable()
    {
        var redis = await StartRedisAsync(RedisFlavour.Redis);
        var one = await StartAsync("chat-1", redis);
        await redis.KillAsync();

        using var answer = await PutAsync(one, """{"mode":"stream"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("\"unavailable\"", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static Task<HttpResponseMessage> PutAsync(TestInstance instance, string body) =>
        instance.Http.PutAsync("/admin/backplane", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static async Task<HealthStatus> HealthAsync(TestInstance instance) =>
        (await instance.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Status;
}
