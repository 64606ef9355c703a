using System.Diagnostics;
using System.Net.Http.Json;
using AspireChat.ChatServer.Backplane;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>The whole of it on a Redis Cluster: what users see, and what happens to them while slots move, a primary dies and the instances are replaced.</summary>
public sealed class ClusterTests(FaultApp shared, ClusterApp cluster) : FaultTest(shared), IClassFixture<ClusterApp>
{
    [Theory]
    [InlineData("stream")]
    [InlineData("pubsub")]
    public async Task Members_on_all_instances_hear_and_see_one_another(string mode)
    {
        var app = await cluster.GetAsync();
        await SwitchAsync(app, mode);
        try
        {
            for (var number = 0; number < 6; number++)
            {
                var room = $"{Conversation.NewRoom()}-{number}";
                await using var ann = await Conversation.JoinAsync(app.Instances[0].Address, room, "ann", presence: true);
                await using var bob = await Conversation.JoinAsync(app.Instances[1].Address, room, "bob");
                var joined = await ann.SkipToAsync("presence");
                // Her own may come after the answer to her join.
                if (joined.GetProperty("name").GetString() == "ann")
                    joined = await ann.SkipToAsync("presence");
                Assert.Equal(("joined", "bob", 2), (joined.GetProperty("event").GetString(), joined.GetProperty("name").GetString(), joined.GetProperty("members").GetInt32()));

                await bob.SayAsync(room, "hello, ann");
                Assert.Equal("hello, ann", await ann.NextTextAsync());

                await using var cid = await Conversation.WelcomedAsync(app.Instances[2].Address);
                var tail = await cid.JoinAsync(room, "cid");
                Assert.Equal(3, tail.GetProperty("memberCount").GetInt32());
                Assert.Equal(mode == "stream" ? ["hello, ann"] : [], tail.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()));
            }
        }
        finally
        {
            await SwitchAsync(app, "stream");
        }
    }

    [Fact]
    public async Task Slots_move_from_shard_to_shard_and_nobody_notices()
    {
        var app = await cluster.GetAsync();
        await using var audit = await app.AuditAsync(rooms: 20, sendsPerSecond: 200);
        await SendMoreAsync(audit, 200);

        var rooms = RoomsOf(audit.Clients);
        for (var round = 0; round < 3; round++)
            await app.Redis.MoveAsync(rooms);

        await SendMoreAsync(audit, 200);
        await audit.WaitUntilFlowingAsync(FaultRun.Bound(10), Cancellation);
        await FinishCleanAsync(audit);
    }

    [Fact]
    public async Task A_primary_of_300_rooms_dies_then_every_instance_is_replaced_and_what_is_lost_was_announced()
    {
        var app = await cluster.GetAsync();
        await using var audit = await app.AuditAsync(rooms: 301, sendsPerSecond: 150);
        await SendMoreAsync(audit, 300);

        // Every shard has its part of them.
        var rooms = RoomsOf(audit.Clients);
        foreach (var primary in await app.Redis.PrimariesAsync())
        {
            var streams = await app.Redis.ListAsync(primary, "KEYS", new RedisKeys("chat:").RoomStream("*"));
            Assert.InRange(streams.Count(stream => rooms.Any(room => stream.Contains($"{{{room}}}", StringComparison.Ordinal))), 60, 140);
        }

        var victim = await app.Redis.PrimaryOfAsync(rooms[0]);
        var talk = await RoomOnAsync(app, victim);
        var talkers = await Task.WhenAll(app.Instances.Select(instance => Conversation.JoinAsync(instance.Address, talk, $"talker on {instance.Name}")));
        using (audit.Fault("a primary dies", mayLose: true))
        {
            await victim.KillAsync();
            var died = Stopwatch.GetTimestamp();
            await Eventually.Is("its replica has taken over", async () => await app.Redis.PrimaryOfAsync(rooms[0]) != victim, within: FaultRun.Bound(15));
            var tookOver = Stopwatch.GetTimestamp();
            await TalkAsync(talkers, talk);
            FaultRun.Note(FormattableString.Invariant($"taken over {Stopwatch.GetElapsedTime(died, tookOver).TotalSeconds:0.0} s after the death"));
            FaultRun.Within("talking over all instances again, after the replica had taken over, in", Stopwatch.GetElapsedTime(tookOver), 5);
            await audit.WaitUntilFlowingAsync(FaultRun.Bound(15), Cancellation);
        }

        audit.WellAgain("a primary dies");
        foreach (var talker in talkers)
            await talker.DisposeAsync();

        foreach (var instance in app.Instances)
        {
            var (joins, moving) = (audit.Joins, On(audit, instance.Name).Length);
            await ClusterApp.ReplaceAsync(instance);
            await RejoinAsync(audit, joins, moving);
        }

        await app.Redis.MendAsync();
        await SendMoreAsync(audit, 150);
        await audit.WaitUntilFlowingAsync(FaultRun.Bound(10), Cancellation);
        var verdict = await audit.FinishAsync(Cancellation);
        verdict.AssertClean();
        Assert.Equal(verdict.Sends, verdict.Acknowledged);
        Assert.Equal(0, verdict.Closes.GetValueOrDefault("1006"));
        Assert.Equal(verdict.Rooms, rooms.Length);
        Tell(verdict);
    }

    /// <summary>A new room on a node's shard.</summary>
    private static async Task<string> RoomOnAsync(ClusterApp app, RedisServer node)
    {
        while (true)
        {
            var room = Conversation.NewRoom();
            if (await app.Redis.PrimaryOfAsync(room) == node)
                return room;
        }
    }

    /// <summary>Each says something, as often as it must be said to be taken, and all others hear it.</summary>
    private static async Task TalkAsync(IReadOnlyList<TestClient> talkers, string room)
    {
        foreach (var speaker in talkers)
        {
            var text = Conversation.NewId();
            await Eventually.Is("it is taken", async () =>
            {
                await speaker.SayAsync(room, id: text, text);
                return await AnswerAsync(speaker) == "ack";
            }, within: FaultRun.Bound(15));
            foreach (var hearer in talkers.Where(talker => talker != speaker))
                await HearAsync(hearer, text);
        }
    }

    private static async Task<string> AnswerAsync(TestClient client)
    {
        while (true)
        {
            var type = (await client.NextFrameAsync())!.Json.GetProperty("type").GetString();
            if (type is "ack" or "error")
                return type;
        }
    }

    /// <summary>As a message, or among those of a resync.</summary>
    private static async Task HearAsync(TestClient client, string text)
    {
        while (!(await client.NextFrameAsync())!.Text.Contains(text, StringComparison.Ordinal))
        {
        }
    }

    private static string[] RoomsOf(IEnumerable<AuditClient> clients) => [.. clients.Select(client => client.Room).Distinct()];

    private static async Task SwitchAsync(ClusterApp app, string mode)
    {
        using var http = new HttpClient { BaseAddress = app.Instances[0].Address };
        http.DefaultRequestHeaders.Add("X-Admin-Key", ClusterApp.AdminKey);
        using var answer = await http.PutAsJsonAsync("/admin/backplane", new { mode }, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
