using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// Publications on their way to Redis. One call of the script is under way at a time; what comes meanwhile goes together in the next one. So a lone
/// publication waits for nothing, and many share a call: the busier Redis is, the more of them, and the less each costs it.
/// </summary>
/// <remarks>
/// Thread-safe. Publications get their places in the order in which they were added. Who waits behind a call that is not answered in time is told with
/// it, for it would have to wait as long again.
/// </remarks>
internal sealed class PublishQueue(PublishCall call)
{
    /// <summary>While a call runs, Redis does nothing else: some 30 µs for each message.</summary>
    private const int MostInACall = 64;

    private readonly Lock _gate = new();
    private readonly Queue<PendingPublication> _waiting = new();
    private bool _underWay;

    /// <returns>Completes when Redis has answered. What awaits it runs before others are told, and must not block.</returns>
    public Task<StoreResult> AddAsync(PendingPublication publication)
    {
        lock (_gate)
        {
            if (_underWay)
            {
                _waiting.Enqueue(publication);
                return publication.Stored;
            }

            _underWay = true;
        }

        _ = RunAsync([publication]);
        return publication.Stored;
    }

    private async Task RunAsync(PendingPublication[]? batch)
    {
        var calling = call.RunAsync(batch!);
        while (batch is not null)
        {
            var answer = await calling;
            var told = answer.Failure is RedisTimeoutException ? [.. batch, .. TakeAll()] : batch;

            // The next is on its way before anybody is told of this one: Redis need not wait for them.
            batch = TakeNext();
            if (batch is not null)
                calling = call.RunAsync(batch);
            answer.Tell(told);
        }
    }

    private PendingPublication[] TakeAll()
    {
        lock (_gate)
        {
            var all = _waiting.ToArray();
            _waiting.Clear();
            return all;
        }
    }

    /// <summary>Null when nothing waits: then whoever comes next begins anew.</summary>
    private PendingPublication[]? TakeNext()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _underWay = false;
                return null;
            }

            var next = new PendingPublication[Math.Min(_waiting.Count, MostInACall)];
            for (var i = 0; i < next.Length; i++)
                next[i] = _waiting.Dequeue();
            return next;
        }
    }
}
