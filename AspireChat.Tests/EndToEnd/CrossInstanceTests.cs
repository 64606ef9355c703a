using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.EndToEnd;

/// <summary>The lesson: what the modes do to messages between instances. Each mode has an app of its own, as a person would start it.</summary>
public sealed class CrossInstanceTests
{
    [Theory]
    [InlineData("pubsub")]
    [InlineData("stream")]
    public async Task A_message_sent_on_one_instance_reaches_members_on_the_others(string mode)
    {
        await using var app = await ChatApp.StartAsync($"--Parameters:backplane={mode}");
        var room = Conversation.NewRoom();
        var clients = await Conversation.JoinEachAsync(app, room);

        foreach (var (sender, number) in clients.Select((client, number) => (client, number)))
        {
            await sender.SendAsync(new { type = "send", room, id = Conversation.NewId(), text = $"from {app.Instances[number]}" });
            foreach (var receiver in clients)
                Assert.Equal($"from {app.Instances[number]}", await receiver.NextTextAsync());
        }

        await DisposeAsync(clients);
    }

    [Fact]
    public async Task In_mode_local_a_message_stays_on_the_instance_where_it_was_sent()
    {
        await using var app = await ChatApp.StartAsync("--Parameters:backplane=local");
        var room = Conversation.NewRoom();
        var clients = await Conversation.JoinEachAsync(app, room);
        await using var neighbour = await Conversation.JoinAsync(app.Instance("chat-1"), room, "neighbour");

        await clients[0].SayAsync(room, "is anybody there?");
        Assert.Equal("is anybody there?", await neighbour.NextTextAsync());

        // The others have their own instance's messages, so their connections work; they have not got that one.
        for (var other = 1; other < clients.Count; other++)
        {
            await clients[other].SendAsync(new { type = "send", room, id = Conversation.NewId(), text = "hello?" });
            Assert.Equal("hello?", await clients[other].NextTextAsync());
            Assert.Empty(await clients[other].TextsSoFarAsync());
        }

        await DisposeAsync(clients);
    }

    [Fact]
    public async Task The_mode_is_switched_at_run_time_on_every_instance()
    {
        await using var app = await ChatApp.StartAsync("--Parameters:backplane=local");
        var room = Conversation.NewRoom();
        var clients = await Conversation.JoinEachAsync(app, room);

        foreach (var mode in (string[])["pubsub", "stream", "local", "pubsub"])
        {
            var answer = await app.SwitchAsync(mode);

            Assert.Equal(mode, answer.GetProperty("mode").GetString());
            Assert.Equal(app.Instances, answer.GetProperty("instances").EnumerateArray().Select(instance => instance.GetString()!).Order());
            foreach (var client in clients)
            {
                Assert.Equal(mode, (await client.SkipToAsync("backplane")).GetProperty("mode").GetString());
                if (mode == "stream")
                    Assert.Equal(room, (await client.SkipToAsync("resync")).GetProperty("room").GetString());
            }

            await clients[0].SayAsync(room, $"in {mode}");
            if (mode != "local")
                Assert.Equal($"in {mode}", await clients[2].NextTextAsync());
            else
                Assert.Empty(await clients[2].TextsSoFarAsync());
        }

        await DisposeAsync(clients);
    }

    private static async Task DisposeAsync(IEnumerable<TestClient> clients)
    {
        foreach (var client in clients)
            await client.DisposeAsync();
    }
}
