using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.EndToEnd;

public sealed class InstanceFailureTests
{
    [Fact]
    public async Task An_instance_that_dies_is_taken_out_and_comes_back_after_a_restart()
    {
        await using var app = await ChatApp.StartAsync();
        var room = Conversation.NewRoom();
        await using var survivor = await Conversation.JoinAsync(app.Instance("chat-1"), room, "survivor");
        await using var victim = await Conversation.JoinAsync(app.Instance("chat-2"), room, "victim");

        await app.KillAsync("chat-2");

        // The very next connections already find a living instance, although no health check has noticed yet.
        for (var i = 0; i < 6; i++)
            Assert.NotEqual("chat-2", await InstanceServingAsync(app));
        await survivor.SendAsync(new { type = "send", room, id = Conversation.NewId(), text = "one is gone" });
        Assert.Equal("one is gone", await survivor.NextTextAsync());

        await app.RestartAsync("chat-2");
        await Eventually.Is("the gateway sends connections to chat-2 again", async () => await InstanceServingAsync(app) == "chat-2");
        await using var back = await Conversation.JoinAsync(app.Instance("chat-2"), room, "back");
        await back.SayAsync(room, "here I am");
        Assert.Equal("here I am", await survivor.NextTextAsync());
    }

    [Fact]
    public async Task A_member_that_resumes_elsewhere_after_kill_9_has_every_message_once_and_in_order()
    {
        await using var app = await ChatApp.StartAsync();
        var room = Conversation.NewRoom();
        await using var sender = await Conversation.JoinAsync(app.Instance("chat-1"), room, "sender");
        var victim = await TestClient.OpenAsync(app.Instance("chat-3"));
        await victim.NextAsync("welcome");
        await victim.SendAsync(new { type = "join", room, name = "member", presence = false });
        var epoch = (await victim.SkipToAsync("joined")).GetProperty("position").GetProperty("epoch").GetString();

        await sender.SayAsync(room, "before");
        var offset = (await victim.SkipToAsync("message")).GetProperty("offset").GetInt64();
        await app.KillAsync("chat-3");
        await victim.DisposeAsync();
        for (var i = 0; i < 10; i++)
            await sender.SayAsync(room, $"missed {i}");

        await using var resumed = await TestClient.OpenAsync(app.Gateway);
        await resumed.NextAsync("welcome");
        await resumed.SendAsync(new { type = "join", room, name = "member", presence = false, since = new { epoch, offset } });
        var joined = await resumed.SkipToAsync("joined");
        await sender.SayAsync(room, "after");

        Assert.True(joined.GetProperty("recovered").GetBoolean());
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"missed {i}"),
            joined.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()));
        Assert.Equal("after", await resumed.NextTextAsync());
    }

    private static async Task<string> InstanceServingAsync(ChatApp app)
    {
        await using var client = await TestClient.OpenAsync(app.Gateway);
        return (await client.NextAsync("welcome")).GetProperty("instance").GetString()!;
    }
}
