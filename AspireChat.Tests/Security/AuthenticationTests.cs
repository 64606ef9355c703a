using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AspireChat.ChatServer.Security;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using static AspireChat.Tests.Security.TestTokens;

namespace AspireChat.Tests.Security;

public sealed class AuthenticationTests(SharedGarnet garnet, SharedRedisServer redisServer) : ClusterTest(garnet, redisServer)
{
    private static readonly (string, string?)[] Settings = [.. TestTokens.Settings.Select(setting => (setting.Key, (string?)setting.Value))];

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_ticket_lets_its_user_in_once_on_any_instance(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, Settings);
        var two = await StartAsync("chat-2", redis, Settings);
        var (ticket, _) = await IssueAsync(one, Token("ann", rooms: ["blue", "team-*"]));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AuthenticateAsync(i % 2 == 0 ? one : two, ticket: ticket)));

        var identity = Assert.Single(outcomes, outcome => outcome.Succeeded).Identity!;
        Assert.Equal("ann", identity.Name);
        Assert.InRange(identity.ExpiresAt, TimeProvider.System.GetUtcNow().AddMinutes(4), TimeProvider.System.GetUtcNow().AddMinutes(6));
        Assert.Equal(["blue", "team-*"], identity.Claims["rooms"]);
    }

    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_ticket_is_kept_under_another_name_for_half_a_minute(RedisFlavour flavour)
    {
        var redis = await SharedRedisAsync(flavour);
        var one = await StartAsync("chat-1", redis, Settings);

        var (ticket, seconds) = await IssueAsync(one, Token("ann"));

        Assert.Equal(30, seconds);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", ticket);
        var database = await ConnectAsync(redis);
        var key = Assert.Single(await KeysAsync(database), key => key.StartsWith("ticket:", StringComparison.Ordinal));
        Assert.DoesNotContain(ticket, key);
        Assert.InRange((await database.KeyTimeToLiveAsync(Prefix + key))!.Value.TotalSeconds, 1, 30);
    }

    [Fact]
    public async Task Without_Redis_a_ticket_is_good_once_and_for_half_a_minute()
    {
        var time = new FakeTimeProvider();
        var tickets = new MemoryTicketStore(time);
        var identity = new ConnectionIdentity { Name = "ann", ExpiresAt = time.GetUtcNow().AddHours(1), Claims = new Dictionary<string, string[]>() };
        var used = await tickets.IssueAsync(identity);
        var old = await tickets.IssueAsync(identity);

        Assert.Same(identity, await tickets.RedeemAsync(used));
        Assert.Null(await tickets.RedeemAsync(used));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await tickets.RedeemAsync(old));
        Assert.Null(await tickets.RedeemAsync(""));
        Assert.Null(await tickets.RedeemAsync(new string('x', 100_000)));
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("another key")]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("expired")]
    [InlineData("no name")]
    [InlineData("not signed")]
    public async Task A_token_that_is_not_ours_is_refused(string flaw)
    {
        var alone = await StartAsync("chat-1", redis: null, Settings);
        var token = flaw switch
        {
            "no token" => null,
            "another key" => Token("ann", key: "a signing key of somebody else who is not trusted"),
            "another audience" => Token("ann", audience: "another"),
            "another issuer" => Token("ann", issuer: "another"),
            "expired" => Token("ann", expires: TimeSpan.FromMinutes(-2)),
            "no name" => Token(name: null),
            _ => Unsigned(),
        };

        using var answer = await PostTicketsAsync(alone, token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("\"code\":\"unauthorized\"", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.False((await AuthenticateAsync(alone, token: token)).Succeeded);
        Assert.True((await AuthenticateAsync(alone, token: Token("ann"))).Succeeded);
    }

    [Fact]
    public async Task A_token_in_the_address_counts_for_nothing()
    {
        var alone = await StartAsync("chat-1", redis: null, Settings);

        using var answer = await alone.Http.PostAsync($"/api/tickets?access_token={Token("ann")}", null, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_user_has_his_own_name_his_rooms_and_no_longer_than_his_token()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var alone = await StartAsync("chat-1", redis: null, builder => builder.Services.AddSingleton<TimeProvider>(time), settings: Settings);
        var identity = (await AuthenticateAsync(alone, token: Token("ann", rooms: ["blue", "team-*"]))).Identity!;
        var access = alone.Services.GetRequiredService<AccessControl>();

        Assert.Equal(Access.Allowed, await access.CheckAsync(identity, "blue", "ann", RoomAction.Join));
        Assert.Equal(Access.Allowed, await access.CheckAsync(identity, "team-x", "ann", RoomAction.Send));
        Assert.Equal(Access.Forbidden, await access.CheckAsync(identity, "blue", "bob", RoomAction.Join));
        Assert.Equal(Access.Forbidden, await access.CheckAsync(identity, "blue2", "ann", RoomAction.Join));
        Assert.Equal(Access.Forbidden, await access.CheckAsync(identity, "team", "ann", RoomAction.Send));
        Assert.Equal(Access.Allowed, await access.CheckAsync(ConnectionIdentity.Service, "blue2", "bob", RoomAction.Send));

        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(Access.Unauthorized, await access.CheckAsync(identity, "blue", "ann", RoomAction.Send));
        await Eventually.Is("expired connections are closed", () =>
        {
            // Again and again: the watch may not have begun when the token expired.
            time.Advance(TimeSpan.FromSeconds(1));
            return alone.UserConnections.ClosedExpired.Any(now => now >= identity.ExpiresAt);
        });
    }

    [Fact]
    public async Task What_is_in_a_room_is_shown_to_those_who_may_join_it()
    {
        static void Map(WebApplication app) => app.MapGet("/{room}/contents", () => "contents").RequireRoomAccess();
        var open = await StartAsync("chat-1", redis: null, map: Map);
        var closed = await StartAsync("chat-2", redis: null, map: Map, settings: Settings);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(open, "/blue/contents", token: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(closed, "/blue/contents", token: null));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(closed, "/blue/contents", Token("ann", rooms: ["blue"])));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(closed, "/red/contents", Token("ann", rooms: ["blue"])));
        using (await closed.Http.PutAsync("/admin/bans/ann", null, Cancellation))
        {
        }

        await Eventually.Is("a banned user is refused", async () => await GetAsync(closed, "/blue/contents", Token("ann", rooms: ["blue"])) == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Where_authentication_is_off_nobody_is_asked()
    {
        var alone = await StartAsync("chat-1", redis: null);

        var outcome = await AuthenticateAsync(alone, token: "anything");
        Assert.True(outcome.Succeeded);
        Assert.Null(outcome.Identity);
        Assert.Equal(Access.Allowed, await alone.Services.GetRequiredService<AccessControl>().CheckAsync(null, "blue", "anybody", RoomAction.Send));
        using var answer = await PostTicketsAsync(alone, Token("ann"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("Chat:Auth:SigningKey", "too short", "32 characters")]
    [InlineData("Chat:Auth:Audience", "", "Audience must be set")]
    [InlineData("Chat:Auth:Authority", "https://login.example.com", "exclude each other")]
    public async Task A_configuration_that_would_let_too_many_in_does_not_start(string key, string value, string expected)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() =>
            StartAsync("chat-1", redis: null, [.. Settings.Where(setting => setting.Item1 != key), (key, value)]));

        Assert.Contains(expected, exception.Message);
    }

    private static async Task<AuthenticationOutcome> AuthenticateAsync(TestInstance instance, string? token = null, string? ticket = null)
    {
        await using var scope = instance.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        if (token is not null)
            context.Request.Headers.Authorization = $"Bearer {token}";
        return await instance.Services.GetRequiredService<IConnectionAuthentication>().AuthenticateAsync(context, ticket);
    }

    private static async Task<(string Ticket, int Seconds)> IssueAsync(TestInstance instance, string token)
    {
        using var answer = await PostTicketsAsync(instance, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return (body.RootElement.GetProperty("ticket").GetString()!, body.RootElement.GetProperty("expiresInSeconds").GetInt32());
    }

    private static async Task<HttpStatusCode> GetAsync(TestInstance instance, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await instance.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostTicketsAsync(TestInstance instance, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tickets");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await instance.Http.SendAsync(request, Cancellation);
    }

    private static string Unsigned()
    {
        var ends = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var payload = $$"""{"aud":"aspirechat","iss":"tests","name":"ann","exp":{{ends}}}""";
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(payload)}.";
    }
}
