using System.Collections.Concurrent;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Streams;
using AspireChat.Tests.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Backplane;

/// <summary>What mode stream owes on every flavour of Redis besides: no loss, repeat or disorder, whatever its connections do.</summary>
public abstract class RedisStreamSpecification(SharedRedis redis) : RedisEpochSpecification(redis)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_send_is_the_same_message_as_long_as_its_lifetime_and_the_room_for_it_last()
    {
        var settings = Settings with { Stream = new StreamOptions { SendLifetime = TimeSpan.FromSeconds(2), Sends = 3, ExpirySlack = TimeSpan.FromSeconds(10) } };
        await using var group = await StartAsync(instances: 1, settings);
        var first = await group[0].SendAsync(group.Room, "hello", id: "same");
        Assert.Equal(first, await group[0].SendAsync(group.Room, "hello", id: "same"));

        await Eventually.Is("its lifetime is over", async () => await group[0].SendAsync(group.Room, "hello", id: "same") != first);
        var later = await group[0].SendAsync(group.Room, "hello", id: "same");
        for (var i = 0; i < 3; i++)
            await group[0].SendAsync(group.Room, $"{i}");

        Assert.NotEqual(later, await group[0].SendAsync(group.Room, "hello", id: "same"));
    }

    [Fact]
    public async Task Subscribers_that_are_killed_under_load_lose_nothing()
    {
        await using var group = await StartAsync(instances: 3);
        var sinks = await group.JoinAllAsync(group.Room);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var publishing = PublishUntilAsync(group[0], group.Room, stop.Token);

        for (var kill = 0; kill < 5; kill++)
        {
            await Task.Delay(300, Cancellation);
            await group[0].Redis!.Publisher.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
        }

        await Task.Delay(300, Cancellation);
        await stop.CancelAsync();
        await AssertAllDelivered(await publishing, sinks);
        Assert.True(sinks.All(sink => sink.Resyncs.Length == 0), "Nothing had to be announced as lost.");
        Assert.True(group[0].Metrics["chat.backplane.repairs"] + group[1].Metrics["chat.backplane.repairs"] + group[2].Metrics["chat.backplane.repairs"] > 0, "Repairs are counted.");
    }

    [Fact]
    public async Task A_quiet_room_whose_last_message_was_lost_gets_it_by_the_tail_check()
    {
        await using var group = await StartAsync(instances: 2);
        var sink = await group[1].JoinAsync(group.Room);
        group[1].Redis!.Subscriptions.Deafen(TimeSpan.FromSeconds(1));

        await group[0].SendAsync(group.Room, "hello");

        await AllHave([sink], ["hello"]);
        Assert.Equal(1, group[1].Metrics["chat.backplane.repaired_messages"]);
    }

    [Fact]
    public async Task The_senders_own_instance_notices_within_a_second_that_it_did_not_hear_its_message()
    {
        await using var group = await StartAsync(instances: 1);
        var sink = await group[0].JoinAsync(group.Room);
        group[0].Redis!.Subscriptions.Deafen(TimeSpan.FromMinutes(1));

        await group[0].SendAsync(group.Room, "hello");

        await Eventually.Is("it is delivered", () => sink.Count == 1, within: TimeSpan.FromSeconds(4));
        Assert.Equal(1, group[0].Metrics["chat.backplane.repairs/tail"]);
    }

    [Fact]
    public async Task A_room_that_cannot_keep_up_loses_nothing()
    {
        await using var group = await StartAsync(instances: 2);
        var sink = await group[1].JoinAsync(group.Room);
        sink.Delay = TimeSpan.FromMicroseconds(100);

        var results = new List<Task<PublishResult>>();
        for (var number = 0; number < 12_000; number++)
            results.Add(group[0].SendAsync(group.Room, $"{number}").AsTask());
        await Task.WhenAll(results);

        await AssertAllDelivered([.. results.Select((result, number) => $"{number}")], [sink]);
    }

    [Fact]
    public async Task What_is_missing_and_no_longer_kept_is_announced_by_a_resync()
    {
        await using var group = await StartAsync(instances: 2, Settings with { Stream = new StreamOptions { HistoryMessages = 5 } });
        var sink = await group[1].JoinAsync(group.Room);
        group[1].Redis!.Subscriptions.Deafen(TimeSpan.FromSeconds(1));

        for (var number = 1; number <= 10; number++)
            await group[0].SendAsync(group.Room, $"{number}");

        await Eventually.Is("the loss is announced", () => sink.Resyncs.Length == 1);
        Assert.Equal(10, sink.Resyncs[0].Offset);
        Assert.Equal(["10", "6", "7", "8", "9"], sink.Places.Values.Order(StringComparer.Ordinal));
        await group[0].SendAsync(group.Room, "11");
        await AllHave([sink], ["11"]);
    }

    [Fact]
    public async Task Instances_whose_clocks_are_hours_apart_agree()
    {
        await using var group = await StartAsync(instances: 0);
        await group.AddAsync(Settings with { Time = new SkewedTime(TimeSpan.FromHours(1)) });
        await group.AddAsync(Settings with { Time = new SkewedTime(TimeSpan.FromHours(-1)) });
        var sinks = await group.JoinAllAsync(group.Room);

        var first = await group[0].SendAsync(group.Room, "hello", id: "same");
        var second = await group[1].SendAsync(group.Room, "hello", id: "same");
        await group[1].SendAsync(group.Room, "last");

        Assert.Equal(first, second);
        await AllHave(sinks, ["hello", "last"]);
        var page = await group[1].Backplane.History!.ReadNewestAsync(group.Room, 10, Cancellation);
        Assert.Equal(2, page.Messages.Count);
    }

    [Fact]
    public async Task A_link_that_is_half_open_is_noticed_by_the_probe_and_heals_without_loss()
    {
        await using var server = await RedisServer.StartAsync(Flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        await group.AddAsync(Settings with { Timeout = InstanceSettings.ProductTimeout, Probe = true });
        await group.AddAsync(Settings with { Timeout = InstanceSettings.ProductTimeout, Probe = true });
        var sinks = await group.JoinAllAsync(group.Room);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var publishing = PublishUntilAsync(group[0], group.Room, stop.Token);
        await Eventually.Is("some are delivered", () => sinks.All(sink => sink.Count > 50));

        await server.PauseAsync();
        await Eventually.Is("it is noticed", () => !group[0].ProbeIsHeard && !group[1].ProbeIsHeard, within: TimeSpan.FromSeconds(3) * 4);
        await server.ResumeAsync();

        await Eventually.Is("it is healed", () => group[0].ProbeIsHeard && group[1].ProbeIsHeard);
        var count = sinks[1].Count;
        await Eventually.Is("it goes on", () => sinks.All(sink => sink.Count > count + 50));
        await stop.CancelAsync();
        await AssertAllDelivered(await publishing, sinks);
        Assert.All(sinks, sink => Assert.Empty(sink.Resyncs));
        Assert.True(group[0].Metrics["chat.backplane.rebuilds"] > 0);
    }

    [Fact]
    public async Task An_instance_that_is_deaf_though_connected_is_noticed_and_loses_nothing()
    {
        await using var group = await StartAsync(instances: 2, Settings with { Probe = true });
        var sinks = await group.JoinAllAsync(group.Room);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var publishing = PublishUntilAsync(group[0], group.Room, stop.Token);

        group[1].Redis!.Subscriptions.Deafen(TimeSpan.FromSeconds(6));
        await Eventually.Is("it is noticed", () => !group[1].ProbeIsHeard);
        Assert.True(group[0].ProbeIsHeard);
        await Eventually.Is("it is healed", () => group[1].ProbeIsHeard);
        await group[1].Redis!.Subscriptions.DropAsync();

        await stop.CancelAsync();
        await AssertAllDelivered(await publishing, sinks);
    }

    [Fact]
    public async Task Ten_thousand_rooms_can_be_subscribed_and_left()
    {
        const int Rooms = 10_000;
        await using var group = await StartAsync(instances: 2);
        var sinks = new ConcurrentDictionary<string, RecordingSink>();
        var subscriptions = new ConcurrentBag<IAsyncDisposable>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Rooms), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
        {
            var sink = new RecordingSink();
            subscriptions.Add(await group[0].Backplane.SubscribeAsync($"room-{number}", sink, Cancellation));
            sinks[$"room-{number}"] = sink;
        });

        for (var number = 0; number < Rooms; number += 100)
            await group[1].SendAsync($"room-{number}", "hello");
        await Eventually.Is("all are delivered", () => sinks.Values.Sum(sink => sink.Count) == Rooms / 100);

        await group[0].Redis!.Subscriptions.DropAsync();
        await Eventually.Is("all are subscribed on the new connection", async () => (await ChannelsAsync(group)).Length == Rooms);
        for (var number = 50; number < Rooms; number += 100)
            await group[1].SendAsync($"room-{number}", "hello again");
        await Eventually.Is("all are delivered on the new connection", () => sinks.Values.Sum(sink => sink.Count) == Rooms / 50);

        await Parallel.ForEachAsync(subscriptions, async (subscription, _) => await subscription.DisposeAsync());
        Assert.Empty(await ChannelsAsync(group));
    }

    [Fact]
    public async Task Scripts_that_Redis_has_forgotten_are_sent_again()
    {
        await using var group = await StartAsync(instances: 1);
        var sink = await group[0].JoinAsync(group.Room);
        await PublishAsync(group[0], group.Room, 1, 20);

        await group[0].Redis!.Publisher.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        var pipelined = await Task.WhenAll(Enumerable.Range(100, 20).Select(number => group[0].SendAsync(group.Room, $"{number}").AsTask()));
        await group[0].SendUntilPublishedAsync(group.Room, "last");

        var stored = Enumerable.Range(100, 20).Where((_, index) => pipelined[index].Status == PublishStatus.Published);
        await AllHave([sink], [.. Enumerable.Range(1, 20).Concat(stored).Select(number => $"{number}"), "last"]);
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

    private static async Task<RedisResult[]> ChannelsAsync(InstanceGroup group) =>
        (RedisResult[])(await group[0].Redis!.Publisher.GetDatabase().ExecuteAsync("PUBSUB", "CHANNELS", $"{group.Prefix}*"))!;
}
