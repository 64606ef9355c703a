using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Faults;

/// <summary>Sentinel replaces a primary that was killed, and the instances follow without being told by anybody.</summary>
public sealed class SentinelTests(FaultApp shared, SentinelApp sentinel) : FaultTest(shared), IClassFixture<SentinelApp>
{
    [Fact]
    public async Task The_primary_is_killed_and_its_replica_has_everything()
    {
        var app = await sentinel.GetAsync();
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);

        var former = await FailOverAsync(app, audit);
        await SendMoreAsync(audit, 50);

        // It comes back as a replica, on the address where the instances were connected before.
        await former.StartAsync();
        await app.Redis.MendAsync();
        Assert.NotSame(former, await app.Redis.PrimaryAsync());
        await SendMoreAsync(audit, 50);

        var verdict = await FinishCleanAsync(audit);
        Assert.Equal(verdict.Rooms, verdict.Epochs);
        Assert.True(verdict.Unavailable > 0, "Its senders were told.");
    }

    [Fact]
    public async Task The_primary_is_killed_and_its_replica_lags()
    {
        var app = await sentinel.GetAsync();
        await using var audit = await app.AuditAsync();
        await using var witness = await Conversation.JoinAsync(app.Instances[0].Address, audit.Clients[0].Room, "witness");
        await SendMoreAsync(audit, 50);

        await app.Redis.HoldReplicationUpAsync();
        await SendMoreAsync(audit, 100);
        await FailOverAsync(app, audit);
        await witness.SkipToAsync("resync");
        await SendMoreAsync(audit, 50);

        var verdict = await audit.FinishAsync(Cancellation);
        verdict.AssertPromises();
        Assert.Equal(verdict.Rooms + 1, verdict.Epochs);
        Assert.True(verdict.Resyncs >= audit.Clients.Count, $"{audit.Clients.Count} clients, and only {verdict.Resyncs} were told.");
        Tell(verdict);
    }

    [Fact]
    public async Task A_primary_that_asks_for_a_replica_acknowledges_nothing_that_a_failover_would_lose()
    {
        var app = await sentinel.GetAsync();
        var primary = await app.Redis.PrimaryAsync();
        Assert.Equal("+OK", await primary.CommandAsync("CONFIG", "SET", "min-replicas-to-write", "1"));
        await using var audit = await app.AuditAsync();
        await SendMoreAsync(audit, 50);

        using (audit.Fault("the replica is away"))
        {
            await app.Redis.HoldReplicationUpAsync();
            await SendMoreAsync(audit, 50);
            await FailOverAsync(app, audit);
        }

        await SendMoreAsync(audit, 50);
        var verdict = await FinishCleanAsync(audit);
        Assert.Equal(verdict.Rooms, verdict.Epochs);
    }

    /// <summary>Kills the primary, and returns once messages are taken again.</summary>
    /// <returns>The one that was killed.</returns>
    private static async Task<Redis.RedisServer> FailOverAsync(SentinelApp app, Audit audit)
    {
        var former = await app.Redis.PrimaryAsync();
        using var fault = audit.Fault("the primary is killed");
        await former.KillAsync();
        var began = Stopwatch.GetTimestamp();
        foreach (var instance in app.Instances)
        {
            await using var sender = await Conversation.JoinAsync(instance.Address, Conversation.NewRoom(), "patient");
        }

        FaultRun.Within("every instance works again after", Stopwatch.GetElapsedTime(began), 10);
        return former;
    }
}
