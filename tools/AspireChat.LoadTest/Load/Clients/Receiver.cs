using System.Buffers.Text;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.LoadTest.Auditing.Recording;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>A member of a room, who counts what comes, and resumes after a loss.</summary>
internal sealed class Receiver : LoadClient
{
    private readonly Lock _gate = new();
    private readonly LoadRoom _room;
    private readonly SequenceCheck[] _checks;
    private readonly Shard _shard;
    private string? _epoch;
    private long _offset;

    public Receiver(int number, LoadRoom room, ClientContext context)
        : base(number, context)
    {
        _room = room;
        _shard = context.Meter.ShardFor(number);
        _checks = [.. room.Feeds.Select(_ => new SequenceCheck())];
    }

    /// <summary>Whether it has all that it is owed.</summary>
    public bool IsComplete
    {
        get
        {
            lock (_gate)
                return !WasReady || _room.Feeds.All(feed => _checks[feed.Slot].IsComplete(feed));
        }
    }

    /// <summary>Counts what it is owed and has not got, and waits for it no longer.</summary>
    public long GiveUp()
    {
        lock (_gate)
            return WasReady ? _room.Feeds.Sum(feed => _checks[feed.Slot].GiveUp(feed)) : 0;
    }

    protected override void TakeText(ReadOnlySpan<byte> text, long now)
    {
        if (!text.StartsWith("{\"type\":\"message\""u8) && TakeOther(text) is var isMessage && !isMessage)
            return;

        // Before the texts, which hold no such member.
        if (text.IndexOf("\"offset\":"u8) is >= 0 and var at && Utf8Parser.TryParse(text[(at + "\"offset\":"u8.Length)..], out long offset, out _))
            _offset = offset;

        Scan(text, now, isNews: true);
    }

    /// <returns>Whether it is a message after all, whose members come in another order.</returns>
    private bool TakeOther(ReadOnlySpan<byte> text)
    {
        var frame = ControlFrame.Parse(text);
        TakeControl(frame);
        switch (frame.Type)
        {
            case "message":
                return true;
            case "welcome":
                Send(ClientFrames.Join(_room.Name, Context.Credentials.Name, _epoch is null ? null : new StreamPosition(_epoch, _offset), null));
                break;
            case "joined":
                Join(frame, text);
                break;
            case "resync":
                _shard.Add(Count.Resync);
                (_epoch, _offset) = (frame.Epoch, frame.Offset);
                Scan(text, now: 0, isNews: false);
                break;
            case "backplane":
                // The mode was switched: positions of before count no more.
                _epoch = null;
                break;
        }

        return false;
    }

    private void Join(ControlFrame joined, ReadOnlySpan<byte> text)
    {
        if (WasReady)
        {
            if (_epoch is not null)
                _shard.Add(joined.Recovered ? Count.Recovered : Count.NotRecovered);

            Scan(text, now: 0, joined.Recovered);
        }
        else
        {
            lock (_gate)
            {
                foreach (var feed in _room.Feeds)
                    _checks[feed.Slot].BeginAt(feed.Sent);
            }

            _room.AddReceiver();
        }

        (_epoch, _offset) = (joined.Epoch, joined.Offset);
        BecomeReady();
    }

    /// <param name="text">A frame with any number of messages.</param>
    /// <param name="now">When it came; 0 for what was replayed, whose latency says nothing of the fan-out.</param>
    /// <param name="isNews">Whether each must be new. History shows again what came before.</param>
    private void Scan(ReadOnlySpan<byte> text, long now, bool isNews)
    {
        lock (_gate)
        {
            while (Context.Text.Next(ref text, out var stamp) is var found and not MessageText.Found.Nothing)
            {
                if (found == MessageText.Found.Corrupt)
                    _shard.Add(Count.Corrupt);
                else if (stamp.Room != _room.Number || stamp.Slot >= _checks.Length)
                    _shard.Add(Count.Stray);
                else if (isNews || !_checks[stamp.Slot].Has(stamp.Sequence))
                    Take(stamp, now);
            }
        }
    }

    private void Take(in Stamp stamp, long now)
    {
        var arrival = _checks[stamp.Slot].Take(stamp.Sequence);
        if (arrival is Arrival.InOrder or Arrival.OutOfOrder)
        {
            if (now > 0)
                _shard.Deliver(now - stamp.SentAt);
            else
                _shard.Add(Count.Delivered);
        }

        if (arrival != Arrival.InOrder)
            _shard.Add(arrival switch { Arrival.OutOfOrder => Count.OutOfOrder, Arrival.Late => Count.Late, _ => Count.Repeated });
    }
}
