using System.Text;
using System.Text.Json;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>A connection that only publishes, and so need not join.</summary>
internal sealed class SocketPublisher(int number, IReadOnlyList<LoadRoom> rooms, ClientContext context) : LoadClient(number, context), IPublisher
{
    private readonly Shard _shard = context.Meter.ShardFor(number);
    private readonly byte[] _name = JsonSerializer.SerializeToUtf8Bytes(context.Credentials.Name);
    private readonly byte[] _text = new byte[context.Text.Size];
    private readonly byte[] _frame = new byte[context.Text.Size + 512];

    public void Publish(Feed feed, long now)
    {
        if (!IsReady)
        {
            _shard.Add(Count.NotSent);
            return;
        }

        // Counted before it goes, for its answer may be quicker than this thread.
        var stamp = feed.Next(now);
        _shard.Add(Count.Sent);
        if (!Send(Encode(feed, stamp)))
            _shard.Add(Count.NotSent);
    }

    protected override void TakeText(ReadOnlySpan<byte> text, long now)
    {
        if (text.IndexOf(Context.Text.Run) is >= 0 and var at && text.IndexOf("\"ack\""u8) >= 0)
        {
            TakeAcknowledgement(text[at..], now);
            return;
        }

        var frame = ControlFrame.Parse(text);
        TakeControl(frame);
        // A server ends a connection that says nothing; the answer also tells that it is served.
        if (frame.Type == "welcome")
            Send("{\"type\":\"ping\"}"u8);
        else if (frame.Type == "pong" && !IsReady)
            BecomeReady();
    }

    private void TakeAcknowledgement(ReadOnlySpan<byte> id, long now)
    {
        if (Stamp.TryRead(id, out var stamp) && rooms[stamp.Room].Feeds[stamp.Slot].Acknowledge(stamp.Sequence))
        {
            _shard.Add(Count.Acknowledged);
            Context.Meter.AddAcknowledgement(now - stamp.SentAt);
        }
    }

    private ReadOnlySpan<byte> Encode(Feed feed, in Stamp stamp)
    {
        var rest = _frame.AsSpan();
        Put(ref rest, "{\"type\":\"send\",\"room\":\""u8);
        rest = rest[Encoding.ASCII.GetBytes(feed.RoomName, rest)..];
        Put(ref rest, "\",\"name\":"u8);
        Put(ref rest, _name);
        Put(ref rest, ",\"id\":\""u8);
        stamp.Write(Context.Text.Run, rest);
        rest = rest[Stamp.Size..];
        Put(ref rest, "\",\"text\":\""u8);
        Put(ref rest, Context.Text.Write(stamp, _text));
        Put(ref rest, "\"}"u8);
        return _frame.AsSpan(0, _frame.Length - rest.Length);
    }

    private static void Put(ref Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to);
        to = to[bytes.Length..];
    }
}
