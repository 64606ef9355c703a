using System.Diagnostics;
using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Backplane;

/// <summary>Redis is dead, or stands still and says nothing.</summary>
public sealed class RedisAwayTests
{
    public static TheoryData<RedisFlavour, string> FlavoursAndModes => new(
        from flavour in Enum.GetValues<RedisFlavour>()
        from mode in new[] { "pubsub", "stream" }
        select (flavour, mode));

    public static TheoryData<RedisFlavour, string, bool> FlavoursAndModesDeadOrSilent => new(
        from flavour in Enum.GetValues<RedisFlavour>()
        from mode in new[] { "pubsub", "stream" }
        from dead in new[] { true, false }
        select (flavour, mode, dead));

    [Theory, MemberData(nameof(FlavoursAndModesDeadOrSilent))]
    public async Task While_Redis_is_away_every_call_says_so_within_2_seconds(RedisFlavour flavour, string mode, bool dead)
    {
        await using var server = await RedisServer.StartAsync(flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        var instance = await group.AddAsync(Settings(mode));
        await instance.JoinAsync(group.Room);
        await (dead ? server.KillAsync() : server.PauseAsync());

        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => instance.SendAsync(group.Room, $"{number}").AsTask()));
        var publishing = Stopwatch.GetElapsedTime(started);
        await instance.Backplane.SignalAsync(group.Room, default(RoomSignal) with { Name = "ann" }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<BackplaneUnavailableException>(async () =>
            await instance.Backplane.SubscribeAsync("another", new RecordingSink(), TestContext.Current.CancellationToken));

        Assert.All(results, result => Assert.Equal(PublishStatus.Unavailable, result.Status));
        Assert.InRange(publishing, TimeSpan.Zero, TimeSpan.FromSeconds(2) * 4);
        await server.ResumeAsync();
    }

    [Theory, MemberData(nameof(FlavoursAndModes))]
    public async Task After_Redis_came_back_messages_arrive_again(RedisFlavour flavour, string mode)
    {
        await using var server = await RedisServer.StartAsync(flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        await group.AddAsync(Settings(mode));
        await group.AddAsync(Settings(mode));
        var sinks = await group.JoinAllAsync(group.Room);

        await server.KillAsync();
        await server.StartAsync();

        await Eventually.Is("a message arrives on both", async () =>
        {
            await group[0].SendAsync(group.Room, "hello");
            return sinks.All(sink => sink.Places.ContainsValue("hello") || sink.Count > 0);
        });
    }

    private static InstanceSettings Settings(string mode) => new() { Mode = BackplaneModeNames.Parse(mode), Timeout = InstanceSettings.ProductTimeout };
}
