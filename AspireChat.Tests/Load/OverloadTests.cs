using System.Diagnostics;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;
using AspireChat.Tests.Faults;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Load;

/// <summary>More is sent than Redis takes: a real instance, and a Redis that stands still meanwhile.</summary>
public sealed class OverloadTests
{
    private const int Clients = 40;
    private const int SendsOfEach = 200;
    private const int OnTheirWay = 64;

    [Fact]
    public async Task Everybody_is_told_memory_is_bounded_and_all_is_well_again_at_once()
    {
        await using var redis = await RedisServer.StartAsync(FaultRun.Flavour);
        await using var instance = await InstanceProcess.StartAsync(
            "chat-1", redis.ConnectionString, ("Chat__Limits__SendsPerSecond", "0"), ("Chat__Limits__MessagesOnTheirWay", $"{OnTheirWay}"));
        var clients = new List<TestClient>();
        for (var number = 0; number < Clients; number++)
            clients.Add(await Conversation.WelcomedAsync(instance.Address));
        var before = instance.ResidentBytes;

        await redis.PauseAsync();
        var answers = clients.Select(SendAllAsync).ToArray();
        var refused = clients[0].NextAsync("error");
        Assert.Equal("unavailable", (await refused).GetProperty("code").GetString());
        var most = instance.ResidentBytes;
        await redis.ResumeAsync();

        var resumed = Stopwatch.GetTimestamp();
        var stored = 0;
        for (var number = 0; number < Clients; number++)
        {
            await answers[number];
            stored += await CountAcksAsync(clients[number], number == 0 ? SendsOfEach - 1 : SendsOfEach);
        }

        FaultRun.Within("all was answered after", Stopwatch.GetElapsedTime(resumed), 10);
        FaultRun.Note($"it grew by {(most - before) / 1024 / 1024} MiB");
        Assert.True(most - before < 64 * 1024 * 1024, $"It grew by {(most - before) / 1024 / 1024} MiB.");

        // What was given up was stored all the same where it was on its way by then, and only there: not all that had been sent.
        await using var last = await Conversation.JoinAsync(instance.Address, "crowded", "last");
        var top = (await last.SayAsync("crowded", "the last")).GetProperty("offset").GetInt64() - 1;
        Assert.InRange(top, stored, stored + (OnTheirWay * 8));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static async Task SendAllAsync(TestClient client)
    {
        for (var number = 0; number < SendsOfEach; number++)
            await client.SendAsync(new { type = "send", room = "crowded", name = "crowd", id = Conversation.NewId(), text = "push" });
    }

    private static async Task<int> CountAcksAsync(TestClient client, int answers)
    {
        var acks = 0;
        for (var number = 0; number < answers; number++)
        {
            var answer = (await client.NextFrameAsync())!.Json;
            if (answer.GetProperty("type").GetString() == "ack")
                acks++;
            else
                Assert.Equal("unavailable", answer.GetProperty("code").GetString());
        }

        return acks;
    }
}
