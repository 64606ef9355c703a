using System.Diagnostics;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Security;

/// <summary>What becomes of the sockets themselves.</summary>
public sealed class ConnectionSecurityTests(SharedChatApp shared)
{
    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        await using var server = await TestChatServer.StartAsync(settings: TestTokens.Settings);
        var (handshake, brief) = await OpenAsync(server, TestTokens.Token("ann", ["tea"], expires: TimeSpan.FromSeconds(4)));
        Assert.Equal(101, handshake.Status);
        var (_, lasting) = await OpenAsync(server, TestTokens.Token("bob", ["tea"]));
        await brief!.NextAsync("welcome");
        await lasting!.NextAsync("welcome");
        await brief.JoinAsync("tea", "ann");

        Assert.Equal(4501, await brief.ReadCloseAsync());

        await lasting.JoinAsync("tea", "bob");
        await brief.DisposeAsync();
        await lasting.DisposeAsync();
    }

    [Fact]
    public async Task Connections_of_one_user_are_bounded_and_freed()
    {
        await using var server = await TestChatServer.StartAsync(settings: [.. TestTokens.Settings, ("Chat:Limits:ConnectionsPerUser", "2")]);
        var (_, first) = await OpenAsync(server, TestTokens.Token("ann"));
        var (_, second) = await OpenAsync(server, TestTokens.Token("ann"));

        Assert.Equal(429, (await OpenAsync(server, TestTokens.Token("ann"))).Handshake.Status);
        var (other, bob) = await OpenAsync(server, TestTokens.Token("bob"));
        Assert.Equal(101, other.Status);

        await first!.DisposeAsync();
        await Eventually.Is("a place is free again", async () =>
        {
            var (handshake, client) = await OpenAsync(server, TestTokens.Token("ann"));
            if (client is not null)
                await client.DisposeAsync();
            return handshake.Status == 101;
        });
        await second!.DisposeAsync();
        await bob!.DisposeAsync();
    }

    [Fact]
    public async Task A_ban_closes_sockets_on_every_instance_in_time()
    {
        var app = await shared.GetAsync();
        var room = Conversation.NewRoom();
        var name = $"eve-{Guid.NewGuid():n}"[..20];
        var sockets = new List<TestClient>();
        foreach (var instance in app.Instances)
            sockets.Add(await Conversation.JoinAsync(app.Instance(instance), room, name));
        await using var other = await Conversation.JoinAsync(app.Instance("chat-1"), room, "ann");

        using var http = app.CreateClient();
        http.DefaultRequestHeaders.Add("X-Admin-Key", app.AdminKey);
        var began = Stopwatch.GetTimestamp();
        using (var answer = await http.PutAsync($"/admin/bans/{name}", null, TestContext.Current.CancellationToken))
            answer.EnsureSuccessStatusCode();
        foreach (var socket in sockets)
        {
            Assert.Equal(4501, await socket.ReadCloseAsync());
            await socket.DisposeAsync();
        }

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2) * 4);
        await using var again = await Conversation.WelcomedAsync(app.Instance("chat-2"));
        await again.SendAsync(new { type = "join", room, name });
        Assert.Equal("forbidden", (await again.NextAsync("error")).GetProperty("code").GetString());
        await other.SayAsync(room, "still here");
        using (await http.DeleteAsync($"/admin/bans/{name}", TestContext.Current.CancellationToken))
        {
        }
    }

    private static Task<(Handshake Handshake, TestClient? Client)> OpenAsync(TestChatServer server, string token) =>
        TestClient.TryOpenAsync(server.Address, [$"Authorization: Bearer {token}"]);
}
