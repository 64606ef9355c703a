using System.Text.Json;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.EndToEnd;

/// <summary>What tests of the whole app do again and again, on raw connections.</summary>
internal static class Conversation
{
    /// <summary>A room that no other test uses.</summary>
    public static string NewRoom() => $"room-{Guid.NewGuid():N}";

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>Connects, takes the welcome, and joins; asks again while the instance is on its way back to a Redis that another test took from it.</summary>
    public static async Task<TestClient> JoinAsync(Uri server, string room, string name, bool presence = false)
    {
        var client = await WelcomedAsync(server);
        await Eventually.Is("the room can be joined", async () =>
        {
            await client.SendAsync(new { type = "join", room, name, presence });
            var answer = await client.NextAnswerAsync();
            var joined = answer.GetProperty("type").GetString() == "joined";
            Assert.True(joined || answer.GetProperty("code").GetString() == "unavailable", answer.ToString());
            return joined;
        });
        return client;
    }

    /// <summary>Connects, and takes the welcome.</summary>
    public static async Task<TestClient> WelcomedAsync(Uri server)
    {
        var client = await TestClient.OpenAsync(server);
        await client.NextAsync("welcome");
        return client;
    }

    /// <summary>One member on each instance, in their order.</summary>
    public static async Task<IReadOnlyList<TestClient>> JoinEachAsync(ChatApp app, string room)
    {
        var clients = new List<TestClient>();
        foreach (var instance in app.Instances)
            clients.Add(await JoinAsync(app.Instance(instance), room, $"user of {instance}"));
        return clients;
    }

    /// <summary>Sends, and waits for the acknowledgement; messages that come before it are passed over.</summary>
    public static async Task<JsonElement> SayAsync(this TestClient client, string room, string text)
    {
        await client.SendAsync(new { type = "send", room, id = NewId(), text });
        return await client.SkipToAsync("ack");
    }

    /// <summary>The next message, whatever else comes before it.</summary>
    public static async Task<string> NextTextAsync(this TestClient client) =>
        (await client.SkipToAsync("message")).GetProperty("text").GetString()!;

    /// <summary>
    /// Every message that has come when the answer to a ping does: what is sent to a connection keeps its order, so what was on its way to it by then is
    /// here.
    /// </summary>
    public static async Task<IReadOnlyList<string>> TextsSoFarAsync(this TestClient client)
    {
        var texts = new List<string>();
        await client.SendAsync(new { type = "ping", t = 1 });
        while (true)
        {
            var frame = (await client.NextFrameAsync())!.Json;
            switch (frame.GetProperty("type").GetString())
            {
                case "message":
                    texts.Add(frame.GetProperty("text").GetString()!);
                    break;
                case "pong":
                    return texts;
            }
        }
    }

    /// <summary>The next frame that answers a join.</summary>
    private static async Task<JsonElement> NextAnswerAsync(this TestClient client)
    {
        while (true)
        {
            var frame = await client.NextFrameAsync();
            Assert.True(frame?.Opcode == TestFrame.TextOpcode, "The connection ended before its join was answered.");
            if (frame!.Json is var json && json.GetProperty("type").GetString() is "joined" or "error")
                return json;
        }
    }
}
