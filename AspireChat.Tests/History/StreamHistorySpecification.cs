using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Streams;
using AspireChat.ChatServer.History;
using AspireChat.Tests.Backplane;

namespace AspireChat.Tests.History;

/// <summary>What the history of mode stream owes, on every flavour of Redis.</summary>
public abstract class StreamHistorySpecification(SharedRedis redis)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_without_messages_has_no_stream_and_reading_makes_none()
    {
        await using var group = await StartAsync();

        var page = await ReadNewestAsync(group, 50);

        Assert.Equal(("", 1, 0), (page.Epoch, page.First, page.Top));
        Assert.Empty(page.Messages);
        Assert.False(await group[0].Redis!.Publisher.GetDatabase().KeyExistsAsync(group.Keys.RoomStream(group.Room)));
    }

    [Theory, InlineData(0, 0), InlineData(1, 1), InlineData(20, 20), InlineData(50, 20)]
    public async Task The_newest_messages_come_oldest_first(int limit, int count)
    {
        await using var group = await StartAsync();
        var last = await PublishAsync(group, 20);

        var page = await ReadNewestAsync(group, limit);

        Assert.Equal((last.Epoch, 1, 20), (page.Epoch, page.First, page.Top));
        Assert.Equal(Offsets(21 - count, count), page.Messages.Select(message => message.Offset));
        Assert.Equal(page.Messages.Select(message => $"{message.Offset}"), page.Messages.Select(message => Encoding.UTF8.GetString(message.Body.Span)));
    }

    [Theory, InlineData(0, 5, 1, 5), InlineData(17, 5, 18, 3), InlineData(19, 256, 20, 1), InlineData(20, 5, 21, 0)]
    public async Task What_follows_a_position_continues_it(int after, int limit, int first, int count)
    {
        await using var group = await StartAsync();
        var last = await PublishAsync(group, 20);
        var position = last with { Offset = after };

        var page = await ReadAfterAsync(group, position, limit);

        Assert.True(page.Continues(position));
        Assert.Equal(Offsets(first, count), page.Messages.Select(message => message.Offset));
        Assert.Equal(20, page.Top);
    }

    [Fact]
    public async Task A_position_that_cannot_be_continued_is_refused()
    {
        await using var group = await StartAsync(new StreamOptions { HistoryMessages = 5 });
        var last = await PublishAsync(group, 20);

        var ahead = last with { Offset = 21 };
        var trimmed = last with { Offset = 14 };
        var foreign = new StreamPosition("1.other", 17);

        foreach (var position in new[] { ahead, trimmed, foreign })
        {
            var page = await ReadAfterAsync(group, position, 10);
            Assert.False(page.Continues(position));
            Assert.Equal((16, 20), (page.First, page.Top));
            Assert.Empty(page.Messages);
        }

        Assert.True((await ReadAfterAsync(group, last with { Offset = 15 }, 10)).Continues(last with { Offset = 15 }));
    }

    [Fact]
    public async Task History_is_bounded_by_messages_and_by_bytes()
    {
        await using var group = await StartAsync(new StreamOptions { HistoryMessages = 30, HistoryBytes = 64 * 1024 });
        await PublishAsync(group, 100);
        Assert.Equal(71, (await ReadNewestAsync(group, 0)).First);

        for (var number = 0; number < 30; number++)
            await group[0].SendAsync(group.Room, new string('x', 4_000));

        var database = group[0].Redis!.Publisher.GetDatabase();
        var entries = await database.ListRangeAsync(group.Keys.RoomHistory(group.Room));
        Assert.InRange(entries.Sum(entry => entry.Length()), 56 * 1024, 64 * 1024);
        Assert.Equal(entries.Sum(entry => entry.Length()), (long)await database.HashGetAsync(group.Keys.RoomStream(group.Room), "bytes"));
    }

    [Fact]
    public async Task History_expires_after_the_last_message_and_the_epoch_outlives_it()
    {
        await using var group = await StartAsync(new StreamOptions { HistoryLifetime = TimeSpan.FromSeconds(1), ExpirySlack = TimeSpan.Zero });
        var last = await PublishAsync(group, 3);

        await Eventually.Is("it expired", async () => (await ReadNewestAsync(group, 10)).Messages.Count == 0);
        var next = await group[0].SendAsync(group.Room, "next");
        var page = await ReadNewestAsync(group, 10);

        Assert.Equal(last with { Offset = 4 }, next.Position);
        Assert.Equal((4, 4), (page.First, page.Top));
        Assert.False(page.Continues(last with { Offset = 2 }));
    }

    [Fact]
    public async Task Thousands_who_resume_at_once_from_anywhere_share_a_few_reads()
    {
        await using var group = await StartAsync();
        var last = await PublishAsync(group, 2_000);
        await group.AddAsync(new InstanceSettings());
        var history = group[1].Backplane.History!;

        var recovered = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(async client =>
        {
            var position = last with { Offset = 1_900 + client % 100 };
            var offsets = new List<long>();
            while (position.Offset < last.Offset)
            {
                var page = await history.ReadAfterAsync(group.Room, position, 128, Cancellation);
                Assert.True(page.Continues(position));
                offsets.AddRange(page.Messages.Select(message => message.Offset));
                position = position with { Offset = offsets[^1] };
            }

            return (client, offsets);
        }));

        Assert.All(recovered, each => Assert.Equal(Offsets(1_901 + each.client % 100, 100 - each.client % 100), each.offsets));
        Assert.InRange(group[1].Metrics["chat.history.reads"], 1, 4);
    }

    [Fact]
    public async Task A_long_absence_is_read_page_by_page_without_gap()
    {
        await using var group = await StartAsync();
        var last = await PublishAsync(group, 3_000);
        var (position, offsets) = (last with { Offset = 0 }, new List<long>());

        while (position.Offset < last.Offset)
        {
            var page = await ReadAfterAsync(group, position, 128);
            Assert.True(page.Continues(position));
            Assert.InRange(page.Messages.Count, 1, 128);
            offsets.AddRange(page.Messages.Select(message => message.Offset));
            position = position with { Offset = offsets[^1] };
        }

        Assert.Equal(Offsets(1, 3_000), offsets);
        Assert.InRange(group[0].Metrics["chat.history.reads"], 1, 12);
    }

    [Fact]
    public async Task A_page_holds_whatever_this_instance_had_been_told_of()
    {
        await using var group = await StartAsync();
        for (var number = 1; number <= 30; number++)
        {
            await PublishAsync(group, 1);
            Assert.Equal(number, (await ReadNewestAsync(group, 1)).Messages[0].Offset);
            Assert.Equal(number, (await ReadAfterAsync(group, await LastAsync(group) with { Offset = number - 1 }, 1)).Messages[0].Offset);
        }
    }

    [Fact]
    public async Task Nothing_is_served_of_an_epoch_that_has_ended()
    {
        await using var group = await StartAsync();
        var last = await PublishAsync(group, 10);
        await ReadAfterAsync(group, last with { Offset = 0 }, 10);

        await group[0].Redis!.Publisher.GetDatabase().KeyDeleteAsync([group.Keys.RoomStream(group.Room)]);
        await group[0].SendAsync(group.Room, "after");
        var page = await ReadAfterAsync(group, last with { Offset = 0 }, 10);

        Assert.False(page.Continues(last with { Offset = 0 }));
        Assert.Equal(1, page.Top);
    }

    private async Task<InstanceGroup> StartAsync(StreamOptions? options = null)
    {
        var group = new InstanceGroup(await redis.ConnectionStringAsync());
        await group.AddAsync(new InstanceSettings { Stream = options ?? new StreamOptions() });
        return group;
    }

    /// <summary>Each text is its offset, if the room was empty before.</summary>
    private static async Task<StreamPosition> PublishAsync(InstanceGroup group, int count)
    {
        var results = await Task.WhenAll(Enumerable.Range(1, count).Select(number => group[0].SendAsync(group.Room, $"{number}").AsTask()));
        return results[^1].Position!.Value;
    }

    private static async Task<StreamPosition> LastAsync(InstanceGroup group)
    {
        var page = await ReadNewestAsync(group, 0);
        return new StreamPosition(page.Epoch, page.Top);
    }

    private static ValueTask<HistoryPage> ReadNewestAsync(InstanceGroup group, int limit) =>
        group[0].Backplane.History!.ReadNewestAsync(group.Room, limit, Cancellation);

    private static ValueTask<HistoryPage> ReadAfterAsync(InstanceGroup group, StreamPosition after, int limit) =>
        group[0].Backplane.History!.ReadAfterAsync(group.Room, after, limit, Cancellation);

    private static IEnumerable<long> Offsets(int first, int count) => Enumerable.Range(first, count).Select(offset => (long)offset);
}

public sealed class StreamHistoryOnGarnet(SharedGarnet redis) : StreamHistorySpecification(redis), IClassFixture<SharedGarnet>;

public sealed class StreamHistoryOnRedis(SharedRedisServer redis) : StreamHistorySpecification(redis), IClassFixture<SharedRedisServer>;
