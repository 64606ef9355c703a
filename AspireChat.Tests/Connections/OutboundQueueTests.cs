using System.Text;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Connections;

public sealed class OutboundQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManualTransport _transport = new();

    [Fact]
    public async Task What_waits_while_a_write_is_under_way_goes_out_in_one()
    {
        var queue = NewQueue();
        Assert.Equal(Enqueued.Accepted, queue.Enqueue(Frame("0")));
        var first = await _transport.NextWriteAsync();

        for (var i = 1; i <= 100; i++)
        {
            queue.Enqueue(Frame($"{i}"));
        }

        first.Complete();
        var second = await _transport.NextWriteAsync();
        Assert.Equal("0", first.Texts);
        Assert.Equal(string.Join(' ', Enumerable.Range(1, 100)), second.Texts);
    }

    [Fact]
    public async Task Many_bytes_go_out_in_order_in_a_few_writes()
    {
        var queue = NewQueue();
        queue.Enqueue(Frame("0"));
        var write = await _transport.NextWriteAsync();
        var texts = Enumerable.Range(1, 30).Select(i => new string((char)('a' + (i % 26)), i == 7 ? 100_000 : 10_000)).ToArray();
        foreach (var text in texts)
        {
            queue.Enqueue(Frame(text));
        }

        var written = new List<string>();
        var writes = 0;
        while (written.Count < texts.Length)
        {
            write.Complete();
            write = await _transport.NextWriteAsync();
            written.AddRange(write.Texts.Split(' '));
            writes++;
        }

        Assert.Equal(texts, written);
        Assert.InRange(writes, 5, 9);
    }

    [Fact]
    public async Task The_bound_is_of_bytes_and_freed_by_what_is_written()
    {
        var queue = NewQueue(maxBytes: 1000);
        queue.Enqueue(Frame(new string('x', 400)));
        var write = await _transport.NextWriteAsync();

        Assert.Equal(Enqueued.Accepted, queue.Enqueue(Frame(new string('x', 400))));
        Assert.Equal(Enqueued.Overflow, queue.Enqueue(Frame(new string('x', 400))));
        write.Complete();
        await _transport.NextWriteAsync();

        Assert.Equal(Enqueued.Accepted, queue.Enqueue(Frame(new string('x', 400))));
    }

    [Fact]
    public async Task Frames_outside_the_bound_keep_their_place_and_tell_when_they_are_written()
    {
        var queue = NewQueue(maxBytes: 100);
        queue.Enqueue(Frame("0"));
        var write = await _transport.NextWriteAsync();

        var written = queue.EnqueueUncounted(Frame(new string('a', 500)), Frame("b"));
        queue.Enqueue(Frame("c"));
        write.Complete();
        var second = await _transport.NextWriteAsync();
        Assert.False(written.IsCompleted);
        second.Complete();
        await written.WaitAsync(TestContext.Current.CancellationToken);

        var third = await _transport.NextWriteAsync();
        Assert.Equal($"{new string('a', 500)} b", second.Texts);
        Assert.Equal("c", third.Texts);
    }

    [Fact]
    public async Task Nothing_follows_the_last_frame()
    {
        var queue = NewQueue();
        queue.Enqueue(Frame("0"));
        var write = await _transport.NextWriteAsync();

        queue.Enqueue(Frame("1"));
        queue.Finish(Frame("last"), dropWaiting: false);
        Assert.Equal(Enqueued.Ended, queue.Enqueue(Frame("2")));
        Assert.True(queue.EnqueueUncounted(Frame("3")).IsCompleted);
        write.Complete();
        var rest = await _transport.NextWriteAsync();
        Assert.False(queue.IsEnded);
        rest.Complete();

        await queue.WhenEnded().WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1 last", rest.Texts);
    }

    [Fact]
    public async Task The_last_frame_can_take_the_place_of_all_that_waits()
    {
        var queue = NewQueue();
        queue.Enqueue(Frame("0"));
        var write = await _transport.NextWriteAsync();

        var uncounted = queue.EnqueueUncounted(Frame("1"));
        queue.Enqueue(Frame("2"));
        queue.Finish(Frame("last"), dropWaiting: true);
        await uncounted.WaitAsync(TestContext.Current.CancellationToken);
        write.Complete();

        Assert.Equal("last", (await _transport.NextWriteAsync()).Texts);
    }

    [Fact]
    public async Task A_socket_that_accepts_nothing_is_seen_to_stall()
    {
        var queue = NewQueue();
        Assert.Equal(TimeSpan.Zero, queue.Stalled);

        queue.Enqueue(Frame("0"));
        var write = await _transport.NextWriteAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), queue.Stalled);
        write.Complete();

        await Eventually.Is("the write is over", () => queue.Stalled == TimeSpan.Zero);
    }

    [Fact]
    public async Task A_broken_socket_ends_the_queue_and_lets_go_who_waits()
    {
        var queue = NewQueue();
        var uncounted = queue.EnqueueUncounted(Frame("0"));
        var write = await _transport.NextWriteAsync();
        var waiting = queue.EnqueueUncounted(Frame("1"));

        write.Fail();

        await queue.WhenEnded().WaitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(uncounted, waiting).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enqueued.Ended, queue.Enqueue(Frame("2")));
    }

    [Fact]
    public async Task Frames_of_many_threads_come_out_whole_each_once_and_in_each_thread_s_order()
    {
        var queue = NewQueue(maxBytes: int.MaxValue);
        _transport.CompletesAtOnce = true;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                queue.Enqueue(Frame($"{thread}:{i}"));
            }
        })));
        queue.Finish(Frame("last"), dropWaiting: false);
        await queue.WhenEnded().WaitAsync(TestContext.Current.CancellationToken);

        var texts = _transport.AllTexts.Split(' ');
        Assert.Equal(20_001, texts.Length);
        Assert.Equal("last", texts[^1]);
        for (var thread = 0; thread < 4; thread++)
        {
            Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{thread}:{i}"), texts.Where(text => text.StartsWith($"{thread}:", StringComparison.Ordinal)));
        }

        Assert.Equal(0, queue.Bytes);
    }

    private OutboundQueue NewQueue(int maxBytes = 1024 * 1024) => new(_transport, maxBytes, _time);

    private static ServerFrame Frame(string text) => ServerFrame.Text(Encoding.UTF8.GetBytes(text));
}
