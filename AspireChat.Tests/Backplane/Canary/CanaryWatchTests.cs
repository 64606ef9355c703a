using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Canary;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.Tests.Backplane.Canary;

public sealed class CanaryWatchTests(SharedGarnet garnet) : IClassFixture<SharedGarnet>
{
    /// <param name="mode">The mode.</param>
    /// <param name="interval">In mode stream long enough for what was not heard to be read from the history: that does not count.</param>
    [Theory, InlineData("pubsub", 0.5), InlineData("stream", 1.5)]
    public async Task Whose_rooms_are_silent_is_in_trouble_and_mends_itself_though_its_probe_is_heard(string mode, double interval)
    {
        var between = TimeSpan.FromSeconds(interval);
        await using var group = new InstanceGroup(await garnet.ConnectionStringAsync());
        var settings = new InstanceSettings { Mode = BackplaneModeNames.Parse(mode), Probe = true };
        var directory = new CanaryDirectory();
        await using var well = new CanaryInstance(await group.AddAsync(settings), "chat-1", directory, group.Keys, between);
        await using var deaf = new CanaryInstance(await group.AddAsync(settings), "chat-2", directory, group.Keys, between);
        await well.Watch.StartAsync(TestContext.Current.CancellationToken);
        await deaf.Watch.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.Is("each hears both", () => new[] { well, deaf }.All(instance => instance.Hears("chat-1") && instance.Hears("chat-2")));

        group[1].Redis!.Subscriptions.LoseRooms(between * 5);

        await Eventually.Is("the deaf one knows", () => deaf.Watch.Trouble is not null);
        Assert.Null(well.Watch.Trouble);
        Assert.True(group[1].ProbeIsHeard, "The probe sees nothing of it.");
        await Eventually.Is("it has mended itself", () => deaf.Watch.Trouble is null);
    }

    [Fact]
    public async Task Who_hears_itself_alone_while_others_speak_is_in_trouble()
    {
        await using var group = new InstanceGroup(await garnet.ConnectionStringAsync());
        var directory = new CanaryDirectory();
        var said = 0L;
        directory.Statuses.Add(() => new InstanceStatus { Instance = "elsewhere", Incarnation = "elsewhere.1", ModeVersion = 1, Canary = Interlocked.Increment(ref said) });
        await using var alone = new CanaryInstance(await group.AddAsync(new()), "chat-1", directory, group.Keys);

        await alone.Watch.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.Is("it knows", () => alone.Watch.Trouble?.Contains("none of the other") == true);
        Assert.True(alone.Hears("chat-1"));
    }

    [Theory, InlineData("pubsub"), InlineData("stream")]
    public async Task Its_beats_are_nobodys_messages(string mode)
    {
        await using var group = new InstanceGroup(await garnet.ConnectionStringAsync());
        var instance = await group.AddAsync(new() { Mode = BackplaneModeNames.Parse(mode) });
        await using var canary = new CanaryInstance(instance, "chat-1", new CanaryDirectory(), group.Keys);

        await canary.Watch.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.Is("it hears itself", () => canary.Hears("chat-1"));
        Assert.Equal(0, instance.Metrics["chat.backplane.publications"]);
        Assert.Equal(0, instance.Metrics["chat.backplane.delivery.duration"]);
        Assert.False(RoomName.IsValid(CanaryRoom.Name), "No client gets in.");
    }
}
