using System.Globalization;
using AspireChat.ChatServer.Backplane.Streams;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Backplane;

public sealed class StreamBackplaneOnGarnet(SharedGarnet redis) : RedisStreamSpecification(redis), IClassFixture<SharedGarnet>
{
    [Fact]
    public async Task A_quiet_room_survives_a_busy_one()
    {
        await using var server = await RedisServer.StartAsync(RedisFlavour.Garnet, new() { GarnetMemory = "64m" });
        await using var group = new InstanceGroup(server.ConnectionString);
        var instance = await group.AddAsync(Settings);
        var quiet = await instance.SendAsync("quiet", "hello", id: "same");

        for (var batch = 0; batch < 60; batch++)
            await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => instance.SendAsync("busy", new string('x', 200) + number.ToString(CultureInfo.InvariantCulture)).AsTask()));

        var page = await instance.Backplane.History!.ReadNewestAsync("quiet", 10, TestContext.Current.CancellationToken);
        Assert.Single(page.Messages);
        Assert.Equal(quiet, await instance.SendAsync("quiet", "hello", id: "same"));
    }
}

public sealed class StreamBackplaneOnRedis(SharedRedisServer redis) : RedisStreamSpecification(redis), IClassFixture<SharedRedisServer>
{
    [Fact]
    public async Task A_subscriber_that_Redis_cuts_off_for_its_full_buffer_loses_nothing()
    {
        await using var server = await RedisServer.StartAsync(RedisFlavour.Redis, new() { Arguments = ["--client-output-buffer-limit", "pubsub 1 1 0"] });
        await using var group = new InstanceGroup(server.ConnectionString);
        var settings = Settings with { Stream = new StreamOptions { HistoryBytes = 64 * 1024 * 1024 } };
        await group.AddAsync(settings);
        await group.AddAsync(settings);
        var sinks = await group.JoinAllAsync(group.Room);
        var text = new string('x', 4_000);

        var texts = Enumerable.Range(0, 3_000).Select(number => $"{number}{text}").ToArray();
        foreach (var some in texts.Chunk(500))
            await Task.WhenAll(some.Select(each => group[0].SendUntilPublishedAsync(group.Room, each)));

        await Eventually.Is("all are delivered", () => sinks.All(sink => sink.Count == texts.Length), within: TimeSpan.FromSeconds(60));
        Assert.All(sinks, sink => Assert.Equal(texts.Order(), sink.Texts.Order()));
        Assert.True(group[0].Metrics["chat.backplane.repairs"] > 0, "Repairs are counted.");
    }

    [Fact]
    public async Task A_Redis_that_is_restored_from_an_older_state_is_fenced()
    {
        await using var server = await RedisServer.StartAsync(RedisFlavour.Redis, new() { Arguments = ["--dbfilename", "dump.rdb"] });
        await using var group = new InstanceGroup(server.ConnectionString);
        await group.AddAsync(Settings);
        await group.AddAsync(Settings);
        var sinks = await group.JoinAllAsync(group.Room);
        await group[0].SendAsync(group.Room, "kept");
        Assert.Equal("+OK", await server.CommandAsync("SAVE"));
        await group[0].SendAsync(group.Room, "lost");
        await AllHave(sinks, ["kept", "lost"]);

        await server.KillAsync();
        await server.StartAsync();
        var after = await group[1].SendUntilPublishedAsync(group.Room, "after");

        Assert.NotEqual(sinks[0].Begun!.Value.Epoch, after!.Value.Epoch);
        await Eventually.Is("all are told", () => sinks.All(sink => sink.Resyncs.Length == 1 && sink.Places.ContainsValue("after")));
        Assert.All(sinks, sink => sink.AssertContractKept());
    }
}
