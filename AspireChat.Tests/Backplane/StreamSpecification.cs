using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>What mode stream owes beyond the rest: a place for each message, the same for all.</summary>
public abstract class StreamSpecification : BackplaneSpecification
{
    internal override BackplaneMode Mode => BackplaneMode.Stream;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Racing_publishers_give_one_unbroken_order_on_every_instance()
    {
        await using var group = await StartAsync(instances: 4);
        var sinks = await group.JoinAllAsync(group.Room);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(publisher =>
            Enumerable.Range(0, 250).Select(number => group[publisher % 4].SendAsync(group.Room, $"{publisher}.{number}").AsTask())));

        await Eventually.Is("all are delivered", () => sinks.All(sink => sink.Count == 2_000));
        Assert.Equal(Enumerable.Range(1, 2_000).Select(offset => (long)offset), results.Select(result => result.Position!.Value.Offset).Order());
        Assert.Single(results.Select(result => result.Position!.Value.Epoch).Distinct());
        AssertAgreed(sinks);
        Assert.All(sinks, sink => Assert.Equal(sinks[0].Texts, sink.Texts));
    }

    [Fact]
    public async Task One_send_that_is_repeated_over_four_instances_is_one_message_at_one_offset()
    {
        await using var group = await StartAsync(instances: 4);
        var sinks = await group.JoinAllAsync(group.Room);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => group[number % 4].SendAsync(group.Room, "hello", id: "same").AsTask()));
        await group[0].SendAsync(group.Room, "last");

        Assert.Single(results.Distinct());
        Assert.Equal(1, results[0].Position!.Value.Offset);
        await AllHave(sinks, ["hello", "last"]);
    }

    [Fact]
    public async Task The_same_id_with_another_text_is_a_conflict_and_stores_nothing()
    {
        await using var group = await StartAsync(instances: 2);
        var sinks = await group.JoinAllAsync(group.Room);
        await group[0].SendAsync(group.Room, "hello", id: "same");

        Assert.Equal(PublishResult.IdConflict, await group[1].SendAsync(group.Room, "goodbye", id: "same"));
        await group[1].SendAsync(group.Room, "last");

        await AllHave(sinks, ["hello", "last"]);
    }

    [Fact]
    public async Task A_subscription_begins_where_the_stream_stands()
    {
        await using var group = await StartAsync(instances: 2);
        var empty = await group[0].JoinAsync(group.Room);
        var sent = await group[1].SendAsync(group.Room, "before");
        await group[1].SendAsync(group.Room, "before too");

        var sink = await group[1].JoinAsync(group.Room);
        await group[0].SendAsync(group.Room, "after");

        Assert.Equal(new StreamPosition(sent.Position!.Value.Epoch, 0), empty.Begun);
        Assert.Equal(sent.Position.Value with { Offset = 2 }, sink.Begun);
        await AllHave([sink], ["after"]);
        await AllHave([empty], ["before", "before too", "after"]);
    }

    [Fact]
    public async Task Joining_while_others_publish_leaves_nothing_out()
    {
        await using var group = await StartAsync(instances: 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var publishing = PublishUntilAsync(group[0], group.Room, stop.Token);

        var sinks = new List<RecordingSink>();
        for (var i = 0; i < 30; i++)
        {
            var sink = new RecordingSink();
            var subscription = await group[1].JoinAsync(group.Room, sink);
            await Eventually.Is("some are delivered", () => sink.Count > 10);
            await subscription.DisposeAsync();
            sinks.Add(sink);
        }

        await stop.CancelAsync();
        await publishing;
        Assert.All(sinks, sink => sink.AssertContractKept());
        AssertAgreed(sinks);
    }

    /// <summary>Publishes one message after the other until told to stop, each until it is acknowledged; gives their texts.</summary>
    internal static async Task<List<string>> PublishUntilAsync(BackplaneInstance instance, string room, CancellationToken stop)
    {
        var sent = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            var text = $"{sent.Count}";
            await instance.SendUntilPublishedAsync(room, text);
            sent.Add(text);
            await Task.Delay(2, CancellationToken.None);
        }

        return sent;
    }

    internal static async Task PublishAsync(BackplaneInstance instance, string room, int first, int count)
    {
        for (var number = first; number < first + count; number++)
            Assert.Equal(PublishStatus.Published, (await instance.SendAsync(room, $"{number}")).Status);
    }

    /// <summary>Every message once, in the order of publication.</summary>
    internal static async Task AssertAllDelivered(List<string> sent, IReadOnlyCollection<RecordingSink> sinks)
    {
        await Eventually.Is($"{sent.Count} messages are delivered", () => sinks.All(sink => sink.Count >= sent.Count), within: TimeSpan.FromSeconds(60));
        Assert.All(sinks, sink => Assert.Equal(sent, sink.Texts));
        AssertAgreed(sinks);
    }

    /// <summary>Nobody's contract was broken, and what stands at a position is the same for all.</summary>
    internal static void AssertAgreed(IReadOnlyCollection<RecordingSink> sinks)
    {
        var agreed = new Dictionary<StreamPosition, string>();
        foreach (var sink in sinks)
        {
            sink.AssertContractKept();
            foreach (var (position, text) in sink.Places)
            {
                if (!agreed.TryAdd(position, text))
                    Assert.Equal(agreed[position], text);
            }
        }
    }
}
