using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;

namespace AspireChat.Tests.Backplane;

/// <summary>One room of a <see cref="MemoryHub"/>: its stream and its subscriptions on all instances.</summary>
internal sealed class MemoryRoom(int window)
{
    private readonly Lock _gate = new();
    private readonly List<RoomMessage> _messages = [];
    private readonly List<MemorySubscription> _subscriptions = [];
    private readonly Dictionary<(string Name, string Id), (string Digest, long Offset)> _sends = [];
    private string _epoch = NewEpoch(0);
    private long _version;
    private long _top;

    public int Subscriptions
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Count;
            }
        }
    }

    public long Top
    {
        get
        {
            lock (_gate)
            {
                return _top;
            }
        }
    }

    public string Epoch
    {
        get
        {
            lock (_gate)
            {
                return _epoch;
            }
        }
    }

    private long First => _top - _messages.Count + 1;

    public PublishResult Store(Publication publication, long version)
    {
        lock (_gate)
        {
            Enter(version);
            var digest = Convert.ToHexString(publication.TextDigest.Span);
            if (_sends.TryGetValue((publication.Name, publication.Id), out var sent))
            {
                return sent.Digest == digest
                    ? new PublishResult(PublishStatus.Published, new StreamPosition(_epoch, sent.Offset))
                    : PublishResult.IdConflict;
            }

            var message = new RoomMessage { Body = publication.Body, Offset = ++_top, TraceContext = publication.TraceContext };
            _sends.Add((publication.Name, publication.Id), (digest, _top));
            _messages.Add(message);
            Trim(window);
            Post(sink => sink.Deliver(message));
            return new PublishResult(PublishStatus.Published, new StreamPosition(_epoch, _top));
        }
    }

    public PublishResult Relay(Publication publication)
    {
        var message = new RoomMessage { Body = publication.Body, TraceContext = publication.TraceContext };
        Post(sink => sink.Deliver(message));
        return new PublishResult(PublishStatus.Published);
    }

    public void Signal(RoomSignal signal) => Post(sink => sink.Signal(signal));

    public MemorySubscription Subscribe(IRoomSink sink, bool stream, long version)
    {
        lock (_gate)
        {
            if (stream)
            {
                Enter(version);
            }

            sink.Begin(stream ? new StreamPosition(_epoch, _top) : null);
            var subscription = new MemorySubscription(sink, this);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    public void Unsubscribe(MemorySubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    public HistoryPage ReadNewest(int limit)
    {
        lock (_gate)
        {
            return new HistoryPage(_epoch, First, _top, [.. _messages.TakeLast(limit)]);
        }
    }

    public HistoryPage ReadAfter(StreamPosition after, int limit)
    {
        lock (_gate)
        {
            var page = new HistoryPage(_epoch, First, _top, []);
            return page.Continues(after) ? page with { Messages = [.. _messages.Skip((int)(after.Offset + 1 - First)).Take(limit)] } : page;
        }
    }

    /// <summary>Keeps only the newest messages.</summary>
    public void Trim(int keep)
    {
        lock (_gate)
        {
            _messages.RemoveRange(0, Math.Max(0, _messages.Count - keep));
        }
    }

    /// <summary>Loses everything, as a Redis does that restarts without its data: the stream begins anew, and every instance is told.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            StartEpoch(_version);
            var position = new StreamPosition(_epoch, 0);
            Post(sink => sink.Resync(position, []));
        }
    }

    /// <summary>Holds back what comes for one subscription, until the returned object is disposed.</summary>
    public IDisposable HoldBack(int subscription)
    {
        lock (_gate)
        {
            return _subscriptions[subscription].HoldBack();
        }
    }

    private void Enter(long version)
    {
        if (_version != version)
        {
            StartEpoch(version);
        }
    }

    private void StartEpoch(long version)
    {
        (_version, _epoch, _top) = (version, NewEpoch(version), 0);
        _messages.Clear();
        _sends.Clear();
    }

    private void Post(Action<IRoomSink> call)
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Post(call);
            }
        }
    }

    private static string NewEpoch(long version) => $"{version}-{Guid.NewGuid():n}";
}
