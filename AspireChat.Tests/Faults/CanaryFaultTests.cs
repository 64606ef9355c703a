using System.Net.Http.Json;
using System.Text.Json;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Faults;

/// <summary>
/// The failure that health checks do not see: sends are acknowledged, offsets advance, the connection to Redis lives and the probe is heard, and no room of
/// one instance hears anything.
/// </summary>
public sealed class CanaryFaultTests(FaultApp shared) : FaultTest(shared)
{
    [Fact]
    public async Task An_instance_that_hears_no_room_is_taken_out_and_comes_back_by_itself()
    {
        var app = await GetAppAsync();
        await app.Chat.SwitchAsync("pubsub");
        try
        {
            var room = Conversation.NewRoom();
            await using var speaker = await Conversation.JoinAsync(app.Chat.Instance("chat-1"), room, "speaker");
            await using var listener = await Conversation.JoinAsync(app.Chat.Instance("chat-2"), room, "listener");

            await LoseSubscriptionsAsync(app, "chat-2", seconds: FaultRun.IsRecorded ? 40 : 30);
            await speaker.SayAsync(room, "lost");

            FaultRun.Within("unready after", await app.WaitUntilAsync("chat-2", ready: false), 15);
            await Eventually.Is("the gateway has taken it out", async () => !await IsRoutedToAsync(app, "chat-2"));
            await app.WaitUntilAsync("chat-1", ready: true);
            await app.WaitUntilAsync("chat-2", ready: true);
            await app.Chat.WaitUntilRoutedToAsync();
            await speaker.SayAsync(room, "found");
            Assert.Equal("found", await listener.NextTextAsync());
        }
        finally
        {
            await app.Chat.SwitchAsync("stream");
        }
    }

    private static async Task LoseSubscriptionsAsync(RunningFaultApp app, string instance, double seconds)
    {
        using var http = app.Chat.CreateClient(instance);
        http.DefaultRequestHeaders.Add("X-Admin-Key", app.Chat.AdminKey);
        using var answer = await http.PostAsJsonAsync("/admin/faults/lose-subscriptions", new { seconds }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<bool> IsRoutedToAsync(RunningFaultApp app, string instance)
    {
        using var http = app.Chat.CreateClient();
        var surroundings = await http.GetFromJsonAsync<JsonElement>("/lab/surroundings", Cancellation);
        return surroundings.GetProperty("instances").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == instance).GetProperty("healthy").GetBoolean();
    }
}
