using System.Diagnostics;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Faults;

/// <summary>Instances die, leave and come.</summary>
public sealed class InstanceFaultTests(FaultApp shared) : FaultTest(shared)
{
    [Fact]
    public async Task Fault_1_an_instance_is_killed()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync();
        await using var witness = await Conversation.JoinAsync(app.Chat.Instance("chat-1"), audit.Clients[0].Room, "witness", presence: true);
        await using var victim = await Conversation.JoinAsync(app.Chat.Instance("chat-2"), audit.Clients[0].Room, "victim", presence: true);
        await SendMoreAsync(audit, 50);
        var orphans = On(audit, "chat-2").Length;
        Assert.True(orphans > 0, "Nobody was on chat-2.");

        var joins = audit.Joins;
        var killed = Stopwatch.GetTimestamp();
        using (audit.Fault("kill -9"))
        {
            await app.Chat.KillAsync("chat-2");
            await RejoinAsync(audit, joins, orphans);
        }

        FaultRun.Within("all resumed after", Stopwatch.GetElapsedTime(killed), 5);
        await SendMoreAsync(audit, 50);
        await FinishCleanAsync(audit);

        // It cannot say goodbye: its lease has to end.
        while (await witness.SkipToAsync("presence") is var presence && (presence.GetProperty("event").GetString(), presence.GetProperty("name").GetString()) != ("left", "victim"))
        {
        }

        FaultRun.Within("its presence was gone after", Stopwatch.GetElapsedTime(killed), 30);
    }

    [Fact]
    public async Task Fault_2_an_instance_is_terminated_and_drains()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);
        var leaving = On(audit, RunningFaultApp.Terminated).Length;
        Assert.True(leaving > 0, $"Nobody was on {RunningFaultApp.Terminated}.");

        var joins = audit.Joins;
        var began = Stopwatch.GetTimestamp();
        using (var process = Process.GetProcessById(await app.Chat.ProcessIdAsync(RunningFaultApp.Terminated)))
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await app.WaitUntilAsync(RunningFaultApp.Terminated, ready: false);
            await app.Chat.WaitUntilEndedAsync(RunningFaultApp.Terminated);
        }

        FaultRun.Within("it exited after", Stopwatch.GetElapsedTime(began), 10);
        await RejoinAsync(audit, joins, leaving);
        await SendMoreAsync(audit, 50);
        var verdict = await FinishCleanAsync(audit);

        // One that does as the announcement says before the close has come ends its connection itself.
        Assert.Equal(leaving, verdict.Recovered);
        Assert.All(verdict.Closes, close => Assert.Equal("1001", close.Key));
        Assert.InRange(verdict.Closes.Values.Sum(), 0, leaving);
    }

    [Fact]
    public async Task Fault_14_one_send_is_repeated_ten_times_over_different_instances()
    {
        var app = await GetAppAsync();
        var room = Conversation.NewRoom();
        await using var witness = await Conversation.JoinAsync(app.Gateway, room, "witness");
        await using var last = await Conversation.JoinAsync(app.Gateway, room, "last");

        var acks = await Task.WhenAll(Enumerable.Range(0, 10).Select(async number =>
        {
            await using var sender = await TestClient.OpenAsync(app.Chat.Instance(app.Chat.Instances[number % 3]));
            await sender.SayAsync(room, "the-id-of-all-ten", "once", "ada");
            var ack = await sender.SkipToAsync("ack");
            return (ack.GetProperty("epoch").GetString(), ack.GetProperty("offset").GetInt64());
        }));

        await last.SayAsync(room, "the last");
        Assert.Single(acks.Distinct());
        Assert.Equal("once", await witness.NextTextAsync());
        Assert.Equal("the last", await witness.NextTextAsync());
    }

    [Fact]
    public async Task Fault_17_an_instance_is_added()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync(clients: 44, sendsPerSecond: 30);
        string[] all = [.. app.Chat.Instances, "chat-4"];
        try
        {
            var began = Stopwatch.GetTimestamp();
            await app.Chat.StartResourceAsync("chat-4");
            await app.Chat.WaitUntilHealthyAsync("chat-4");
            var (joins, calmSince) = (audit.Joins, Stopwatch.GetTimestamp());
            await Eventually.Is(
                "connections are spread within 10% and nobody moves any more",
                async () =>
                {
                    var counts = await Task.WhenAll(all.Select(app.ConnectionsAsync));
                    if (audit.Joins != joins || !audit.IsJoined || !counts.All(count => count is >= 10 and <= 12))
                        (joins, calmSince) = (audit.Joins, Stopwatch.GetTimestamp());
                    return Stopwatch.GetElapsedTime(calmSince) > TimeSpan.FromSeconds(4);
                },
                within: TimeSpan.FromMinutes(2));
            FaultRun.Note(FormattableString.Invariant($"spread within 10%, for good, {Stopwatch.GetElapsedTime(began, calmSince).TotalSeconds:0.0} s after it was started"));

            var verdict = await FinishCleanAsync(audit);
            Assert.Equal(["4002"], verdict.Closes.Keys);
            // On a busy machine a client may leave by itself, as it was told, before the close is there.
            Assert.InRange(verdict.Closes["4002"], verdict.Recovered / 2, verdict.Recovered);
            Assert.Contains("chat-4", verdict.Instances);
        }
        finally
        {
            await app.Chat.StopResourceAsync("chat-4");
        }
    }

    [Fact]
    public async Task Fault_19_mode_local_shows_what_it_misses()
    {
        var app = await GetAppAsync();
        await app.Chat.SwitchAsync("local");
        try
        {
            await using var audit = await app.AuditAsync();
            await SendMoreAsync(audit, 100);

            var verdict = await audit.FinishAsync(Cancellation);

            Assert.Equal(verdict.Sends, verdict.Acknowledged);
            Assert.InRange(verdict.Missed, verdict.Expected / 2, verdict.Expected - 1);
            FaultRun.Note($"{verdict.Missed} of {verdict.Expected} deliveries missed");
        }
        finally
        {
            await app.Chat.SwitchAsync("stream");
        }
    }
}
