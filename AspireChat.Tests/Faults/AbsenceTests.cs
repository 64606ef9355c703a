using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Faults;

/// <summary>A member is away.</summary>
public sealed class AbsenceTests(FaultApp shared) : FaultTest(shared)
{
    /// <summary>As many as are sent in 119 s at 50 a second; the recorded run takes that time as well.</summary>
    private const int Absence = 119 * 50;

    /// <summary>How many messages a room keeps.</summary>
    private const int Kept = 10_000;

    [Fact]
    public async Task Fault_15_a_member_comes_back_after_a_long_absence_and_after_one_that_was_too_long()
    {
        var app = await GetAppAsync();
        var room = Conversation.NewRoom();
        await using var sender = await Conversation.JoinAsync(app.Chat.Instance("chat-1"), room, "sender");
        var member = await Conversation.JoinAsync(app.Chat.Instance("chat-2"), room, "member");
        await sender.SayAsync(room, "0");
        var offset = (await member.SkipToAsync("message")).GetProperty("offset").GetInt64();
        var epoch = await EpochAsync(app, room);
        await member.DisposeAsync();

        await SendAsync(sender, room, Enumerable.Range(1, Absence).Select(number => $"{number}"), paced: FaultRun.IsRecorded);
        var began = Stopwatch.GetTimestamp();
        await using var back = await Conversation.WelcomedAsync(app.Chat.Instance("chat-3"));
        await back.SendAsync(new { type = "join", room, name = "member", presence = false, since = new { epoch, offset } });
        var joined = await back.SkipToAsync("joined");
        Assert.True(joined.GetProperty("recovered").GetBoolean());
        var texts = joined.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()!).ToList();
        while (texts.Count < Absence)
            texts.Add(await back.NextTextAsync());
        FaultRun.Note(string.Create(CultureInfo.InvariantCulture, $"{Absence} missed messages were replayed in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
        Assert.Equal(Enumerable.Range(1, Absence).Select(number => $"{number}"), texts);

        await SendAsync(sender, room, Enumerable.Repeat("more than a room keeps", Kept - Absence + 1), paced: false);
        await using var late = await Conversation.WelcomedAsync(app.Chat.Instance("chat-2"));
        await late.SendAsync(new { type = "join", room, name = "late", presence = false, since = new { epoch, offset } });
        var refused = await late.SkipToAsync("joined");
        Assert.False(refused.GetProperty("recovered").GetBoolean());
        Assert.Equal(50, refused.GetProperty("messages").GetArrayLength());
    }

    /// <summary>Sends, many at a time, and waits until all are acknowledged.</summary>
    private static async Task SendAsync(TestClient sender, string room, IEnumerable<string> texts, bool paced)
    {
        foreach (var some in texts.Chunk(50))
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var text in some)
                await sender.SayAsync(room, Conversation.NewId(), text);
            for (var acks = 0; acks < some.Length; acks++)
                await sender.SkipToAsync("ack");
            if (paced && TimeSpan.FromSeconds(1) - Stopwatch.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, Cancellation);
        }
    }

    private static async Task<string> EpochAsync(RunningFaultApp app, string room)
    {
        using var http = app.Chat.CreateClient();
        using var page = JsonDocument.Parse(await http.GetStringAsync($"/api/rooms/{room}/messages", Cancellation));
        return page.RootElement.GetProperty("epoch").GetString()!;
    }
}
