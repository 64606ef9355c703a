using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.EndToEnd;

/// <summary>The app through its one front door.</summary>
public sealed class GatewayTests(SharedChatApp shared)
{
    [Fact]
    public async Task Thirty_connections_are_spread_ten_to_each_instance()
    {
        var app = await shared.GetAsync();
        var served = new Dictionary<string, int>();
        var clients = new List<TestClient>();

        for (var i = 0; i < 30; i++)
        {
            var client = await TestClient.OpenAsync(app.Gateway);
            clients.Add(client);
            var instance = (await client.NextAsync("welcome")).GetProperty("instance").GetString()!;
            served[instance] = served.GetValueOrDefault(instance) + 1;
        }

        Assert.Equal(app.Instances.ToDictionary(instance => instance, _ => 10), served);
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task A_user_on_one_instance_is_present_to_members_on_the_others()
    {
        var app = await shared.GetAsync();
        var room = Conversation.NewRoom();
        await using var ann = await Conversation.JoinAsync(app.Instance("chat-1"), room, "ann", presence: true);
        await using var ben = await Conversation.JoinAsync(app.Instance("chat-2"), room, "ben", presence: true);

        // Whoever joins gets his own arrival too, when it comes to him as to everybody.
        JsonElement arrived;
        do
            arrived = await ann.SkipToAsync("presence");
        while (arrived.GetProperty("name").GetString() != "ben");
        Assert.Equal("joined", arrived.GetProperty("event").GetString());
        Assert.Equal(2, arrived.GetProperty("members").GetInt32());

        await ben.SendAsync(new { type = "leave", room });
        await ben.SkipToAsync("left");
        JsonElement left;
        do
            left = await ann.SkipToAsync("presence");
        while (left.GetProperty("event").GetString() != "left");
        Assert.Equal("ben", left.GetProperty("name").GetString());
        Assert.Equal(1, left.GetProperty("members").GetInt32());
    }

    [Fact]
    public async Task A_program_publishes_and_reads_by_http()
    {
        var app = await shared.GetAsync();
        var room = Conversation.NewRoom();
        using var http = app.CreateClient();
        await using var member = await Conversation.JoinAsync(app.Instance("chat-3"), room, "ann");
        var path = $"/api/rooms/{room}/messages";
        var message = new { id = Conversation.NewId(), name = "bot", text = "deployed" };

        using var refused = await http.PostAsJsonAsync(path, message, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        http.DefaultRequestHeaders.Add("X-Api-Key", app.ApiKey);
        using var posted = await http.PostAsJsonAsync(path, message, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal("deployed", await member.NextTextAsync());

        var page = await http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
        Assert.Equal(1, page.GetProperty("top").GetInt64());
        Assert.Equal("deployed", page.GetProperty("messages")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Nobody_switches_the_mode_without_the_admin_key()
    {
        var app = await shared.GetAsync();
        using var http = app.CreateClient();

        using var answer = await http.PutAsJsonAsync("/admin/backplane", new { mode = "local" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
