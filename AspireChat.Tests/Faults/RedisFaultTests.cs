using System.Diagnostics;
using AspireChat.Tests.EndToEnd;
using AspireChat.Tests.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>Redis restarts, forgets, fails over, stands still, is not reached, and throws its subscribers out.</summary>
public sealed class RedisFaultTests(FaultApp shared) : FaultTest(shared)
{
    [Fact]
    public async Task Fault_3_Redis_restarts_with_its_data()
    {
        var app = await GetAppAsync();
        Assert.SkipUnless(app.Redis.Flavour == RedisFlavour.Redis, "Garnet may forget over a kill what it has acknowledged, with its log as well.");
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);

        var began = Stopwatch.GetTimestamp();
        using (audit.Fault("Redis restarts"))
        {
            await app.Redis.KillAsync();
            await UntilToldAsync(app);
            await app.Redis.StartAsync();
            began = Stopwatch.GetTimestamp();
            await using var sender = await Conversation.JoinAsync(app.Chat.Instance("chat-1"), "after-the-restart", "patient");
        }

        FaultRun.Within("live again after", Stopwatch.GetElapsedTime(began), 3);
        await SendMoreAsync(audit, 50);
        var verdict = await FinishCleanAsync(audit);
        Assert.Equal(verdict.Rooms, verdict.Epochs);
        Assert.True(verdict.Unavailable > 0, "Its senders were told.");
    }

    [Fact]
    public async Task Fault_4_Redis_restarts_without_its_data()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);

        using (audit.Fault("Redis forgets"))
        {
            await app.Redis.LoseDataAsync();
            await app.Redis.StartAsync();
            await using var sender = await Conversation.JoinAsync(app.Chat.Instance("chat-1"), "after-the-loss", "patient");
        }

        await SendMoreAsync(audit, 50);
        var verdict = await audit.FinishAsync(Cancellation);

        verdict.AssertPromises();
        Assert.Equal(verdict.Rooms + 1, verdict.Epochs);
        Assert.True(verdict.Resyncs >= audit.Clients.Count, $"{audit.Clients.Count} clients, and only {verdict.Resyncs} were told.");
        Tell(verdict);
    }

    [Fact]
    public async Task Fault_5_a_replica_that_lags_takes_over()
    {
        var app = await GetAppAsync();
        await using var replica = await RedisServer.StartAsync(RedisFlavour.Redis);
        Assert.SkipUnless(app.Redis.Flavour == RedisFlavour.Redis, "Garnet cannot be a primary of Redis.");
        await using var audit = await app.AuditAsync();
        await using var witness = await Conversation.JoinAsync(app.Chat.Instance("chat-1"), audit.Clients[0].Room, "witness");
        Assert.Equal("+OK", await replica.CommandAsync("REPLICAOF", "127.0.0.1", $"{app.Redis.Port}"));
        await SendMoreAsync(audit, 50);
        await Eventually.Is("the replica follows", async () => await app.Redis.CommandAsync("WAIT", "1", "1000") == ":1" && await replica.CommandAsync("DBSIZE") != ":0");

        try
        {
            using (audit.Fault("failover"))
            {
                // From here on it lags.
                Assert.Equal("+OK", await replica.CommandAsync("REPLICAOF", "NO", "ONE"));
                await SendMoreAsync(audit, 100);
                await app.Redis.KillAsync();
                var began = Stopwatch.GetTimestamp();
                app.Link.Heal(replica.Port);
                await witness.SkipToAsync("resync");
                FaultRun.Within("the loss was announced after", Stopwatch.GetElapsedTime(began), 5);
            }

            await SendMoreAsync(audit, 50);
            var verdict = await audit.FinishAsync(Cancellation);

            verdict.AssertPromises();
            Assert.Equal(verdict.Rooms + 1, verdict.Epochs);
            Assert.True(verdict.Resyncs >= audit.Clients.Count, $"{audit.Clients.Count} clients, and only {verdict.Resyncs} were told.");
            Tell(verdict);
        }
        finally
        {
            await app.Redis.StartAsync();
            app.Link.Heal(app.Redis.Port);
        }
    }

    [Fact]
    public async Task Fault_6_an_instance_is_cut_off_from_Redis_and_nobody_tells_it()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);
        Assert.NotEmpty(On(audit, "chat-2"));

        var joins = audit.Joins;
        using (audit.Fault("half-open"))
        {
            app.Link.Partition("chat-2");
            FaultRun.Within("noticed after", await app.WaitUntilAsync("chat-2", ready: false), 3);
            await SendMoreAsync(audit, 100);
            app.Link.Heal(app.Redis.Port);
            FaultRun.Note(FormattableString.Invariant($"ready again {(await app.WaitUntilAsync("chat-2", ready: true)).TotalSeconds:0.0} s after it healed"));
        }

        await SendMoreAsync(audit, 50);
        var verdict = await FinishCleanAsync(audit);

        Assert.True(verdict.Unavailable > 0, "Its senders were told.");
        Assert.Equal(joins, audit.Joins);
        Assert.Empty(verdict.Closes);
    }

    [Fact]
    public async Task Fault_7_subscribers_are_killed_under_load()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync(sendsPerSecond: 300);

        for (var kill = 0; kill < 5; kill++)
        {
            await SendMoreAsync(audit, 100);
            using var fault = audit.Fault("CLIENT KILL TYPE pubsub");
            await app.Redis.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");
        }

        await SendMoreAsync(audit, 100);
        var verdict = await FinishCleanAsync(audit);
        Assert.Empty(verdict.Closes);
    }

    [Fact]
    public async Task Fault_8_Redis_throws_subscribers_out_for_their_full_buffers()
    {
        var app = await GetAppAsync();
        Assert.SkipUnless(app.Redis.Flavour == RedisFlavour.Redis, "Garnet has no bounds on the output of clients.");
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{app.Redis.ConnectionString},allowAdmin=true");
        var server = connection.GetServer(app.Redis.ConnectionString);
        await using var audit = await app.AuditAsync(sendsPerSecond: 300, textChars: 3_000);
        await SendMoreAsync(audit, 50);

        var before = await ConnectionsMadeAsync(server);
        using (audit.Fault("tiny output buffers"))
        {
            await server.ConfigSetAsync("client-output-buffer-limit", "pubsub 1 1 0");
            await SendMoreAsync(audit, 300);
            await Eventually.Is("subscribers were cut off and came back", async () => await ConnectionsMadeAsync(server) > before);
            await server.ConfigSetAsync("client-output-buffer-limit", "pubsub 33554432 8388608 60");
        }

        FaultRun.Note($"subscribers were cut off and came back {await ConnectionsMadeAsync(server) - before} times");
        await SendMoreAsync(audit, 50);
        await FinishCleanAsync(audit);
    }

    [Fact]
    public async Task Fault_10_Redis_stands_still_for_ten_seconds()
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);

        using (audit.Fault("Redis stands still"))
        {
            await app.Redis.PauseAsync();
            var began = Stopwatch.GetTimestamp();
            await UntilToldAsync(app);
            if (TimeSpan.FromSeconds(10) - Stopwatch.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, Cancellation);
            await app.Redis.ResumeAsync();
        }

        await SendMoreAsync(audit, 50);
        await FinishCleanAsync(audit);
    }

    /// <summary>Waits until Redis has been away for so long that senders are told.</summary>
    private static async Task UntilToldAsync(RunningFaultApp app)
    {
        await using var sender = await Conversation.WelcomedAsync(app.Chat.Instance("chat-1"));
        var began = Stopwatch.GetTimestamp();
        await sender.SayAsync("quiet", "one", "hello", "ada");
        Assert.Equal("unavailable", (await sender.SkipToAsync("error")).GetProperty("code").GetString());
        FaultRun.Within("a sender was told after", Stopwatch.GetElapsedTime(began), 2);
    }

    private static async Task<long> ConnectionsMadeAsync(IServer server) =>
        (await server.InfoAsync("stats")).SelectMany(group => group)
            .Where(figure => figure.Key == "total_connections_received")
            .Select(figure => long.Parse(figure.Value, System.Globalization.CultureInfo.InvariantCulture))
            .Single();
}
