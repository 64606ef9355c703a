using System.Diagnostics;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Backplane;

/// <summary>What every backplane that joins instances owes them, on every flavour of Redis. Two or three backplanes stand for as many servers.</summary>
public abstract class BackplaneSpecification(SharedRedis redis)
{
    internal abstract BackplaneMode Mode { get; }

    internal RedisFlavour Flavour => redis.Flavour;

    internal virtual InstanceSettings Settings => new() { Mode = Mode };

    [Fact]
    public async Task A_message_reaches_every_instance_the_senders_included()
    {
        await using var group = await StartAsync(instances: 3);
        var sinks = await group.JoinAllAsync(group.Room);

        var result = await group[1].SendAsync(group.Room, "hello");

        Assert.Equal(PublishStatus.Published, result.Status);
        await AllHave(sinks, ["hello"]);
    }

    [Fact]
    public async Task A_message_stays_in_its_room()
    {
        await using var group = await StartAsync(instances: 2);
        var other = await group[1].JoinAsync("other");
        var sink = await group[1].JoinAsync(group.Room);

        await group[0].SendAsync(group.Room, "hello");

        await AllHave([sink], ["hello"]);
        Assert.Empty(other.Texts);
    }

    [Fact]
    public async Task Publications_that_are_started_in_order_arrive_in_order()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        var texts = Enumerable.Range(0, 2_000).Select(number => $"{number}").ToArray();

        await Task.WhenAll(texts.Select(text => group[0].SendAsync(group.Room, text).AsTask()));

        await AllHave(sinks, texts);
    }

    [Fact]
    public async Task A_signal_reaches_every_instance()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        var signal = new RoomSignal(RoomSignalKind.Joined, "Žofie 🦊", 12_345);

        await group[0].Backplane.SignalAsync(group.Room, signal, TestContext.Current.CancellationToken);

        await Eventually.Is("both have the signal", () => sinks.All(sink => sink.Signals is [var only] && only == signal));
    }

    [Fact]
    public async Task A_message_keeps_its_bytes_and_its_trace_if_it_is_sampled()
    {
        await using var group = await StartAsync(instances: 2);
        var sink = await group[1].JoinAsync(group.Room);
        var sampled = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var unsampled = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);

        await group[0].SendAsync(group.Room, "\"text\":\"a\0ÿ🦊\"}", trace: sampled);
        await group[0].SendAsync(group.Room, "", trace: unsampled);

        await AllHave([sink], ["\"text\":\"a\0ÿ🦊\"}", ""]);
        Assert.Equal(sampled.TraceId, sink.Messages[0].TraceContext.TraceId);
        Assert.Equal(sampled.SpanId, sink.Messages[0].TraceContext.SpanId);
        Assert.Equal(default, sink.Messages[1].TraceContext);
    }

    [Fact]
    public async Task Nothing_reaches_a_sink_whose_subscription_was_disposed_and_the_room_can_be_subscribed_again()
    {
        await using var group = await StartAsync(instances: 1);
        var left = new RecordingSink();
        var subscription = await group[0].JoinAsync(group.Room, left);
        await group[0].SendAsync(group.Room, "before");
        await AllHave([left], ["before"]);

        var leaving = subscription.DisposeAsync();
        var joined = await group[0].JoinAsync(group.Room);
        await leaving;
        await group[0].SendAsync(group.Room, "after");

        await AllHave([joined], ["after"]);
        Assert.Equal(["before"], left.Texts);
    }

    [Fact]
    public async Task A_room_has_one_subscription_at_a_time()
    {
        await using var group = await StartAsync(instances: 1);
        await group[0].JoinAsync(group.Room);

        await Assert.ThrowsAsync<InvalidOperationException>(() => group[0].JoinAsync(group.Room));
    }

    [Fact]
    public async Task Subscribing_and_leaving_at_once_over_and_over_never_leaves_a_room_deaf()
    {
        await using var group = await StartAsync(instances: 2);
        for (var round = 0; round < 50; round++)
        {
            var former = await group[1].JoinAsync(group.Room, new RecordingSink());
            var leaving = former.DisposeAsync();
            var sink = new RecordingSink();
            var subscription = await group[1].JoinAsync(group.Room, sink);
            await leaving;

            await group[0].SendAsync(group.Room, "hello");

            await AllHave([sink], ["hello"]);
            await subscription.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_delivery_latency_is_measured_on_the_instance_that_published()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);

        await group[0].SendAsync(group.Room, "hello");

        await AllHave(sinks, ["hello"]);
        await Eventually.Is("it is measured", () => group[0].Metrics["chat.backplane.delivery.duration"] == 1);
        Assert.Equal(0, group[1].Metrics["chat.backplane.delivery.duration"]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task While_Redis_is_away_every_call_says_so_within_2_seconds(bool dead)
    {
        await using var server = await RedisServer.StartAsync(Flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        var instance = await group.AddAsync(Settings);
        await instance.JoinAsync(group.Room);
        await (dead ? server.KillAsync() : server.PauseAsync());

        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => instance.SendAsync(group.Room, $"{number}").AsTask()));
        var publishing = Stopwatch.GetElapsedTime(started);
        await instance.Backplane.SignalAsync(group.Room, default(RoomSignal) with { Name = "ann" }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<BackplaneUnavailableException>(() => instance.JoinAsync("another"));

        Assert.All(results, result => Assert.Equal(PublishStatus.Unavailable, result.Status));
        Assert.InRange(publishing, TimeSpan.Zero, TimeSpan.FromSeconds(2) * 4);
        await server.ResumeAsync();
    }

    [Fact]
    public async Task After_Redis_came_back_messages_arrive_again()
    {
        await using var server = await RedisServer.StartAsync(Flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        await group.AddAsync(Settings);
        await group.AddAsync(Settings);
        var sinks = await group.JoinAllAsync(group.Room);

        await server.KillAsync();
        await server.StartAsync();

        await Eventually.Is("a message arrives on both", async () =>
        {
            await group[0].SendAsync(group.Room, "hello");
            return sinks.All(sink => sink.Places.ContainsValue("hello") || sink.Count > 0);
        });
    }

    internal async Task<InstanceGroup> StartAsync(int instances, InstanceSettings? settings = null)
    {
        var group = new InstanceGroup(await redis.ConnectionStringAsync());
        for (var i = 0; i < instances; i++)
            await group.AddAsync(settings ?? Settings);
        return group;
    }

    internal static async Task AllHave(IEnumerable<RecordingSink> sinks, string[] texts)
    {
        foreach (var sink in sinks)
        {
            await Eventually.Is($"{texts.Length} messages were delivered", () => sink.Count >= texts.Length);
            Assert.Equal(texts, sink.Texts);
            sink.AssertContractKept();
        }
    }

}
