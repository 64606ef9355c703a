using System.Collections.Concurrent;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Streams;

namespace AspireChat.ChatServer.History;

/// <summary>The histories that mode stream keeps in Redis.</summary>
/// <remarks>
/// A page never leaves out what this instance had been told of when it was asked for: messages that it heard, or published and had acknowledged. So whoever
/// reads on from page to page comes to the room's live position.
/// </remarks>
internal sealed class StreamHistory(StreamStore store, KnownRooms rooms, TimeProvider time, BackplaneMetrics metrics) : IRoomHistory
{
    private const int MostMessages = 256;
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, SharedReads> _reads = new(StringComparer.Ordinal);
    private readonly HistoryBudget _budget = new(MostBytes);

    /// <summary>Whether anything is held that <see cref="Prune"/> may let go of.</summary>
    public bool HoldsReads => !_reads.IsEmpty;

    public ValueTask<HistoryPage> ReadNewestAsync(string room, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostMessages);
        return ReadAsync(room, new HistoryRequest(After: null, limit), cancellationToken);
    }

    public ValueTask<HistoryPage> ReadAfterAsync(string room, StreamPosition after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostMessages);
        return ReadAsync(room, new HistoryRequest(after, limit), cancellationToken);
    }

    /// <summary>Lets go of what nobody has read lately. Call it now and then.</summary>
    public void Prune()
    {
        foreach (var (room, reads) in _reads)
        {
            if (reads.TryRetire())
                _reads.TryRemove(KeyValuePair.Create(room, reads));
        }
    }

    private async ValueTask<HistoryPage> ReadAsync(string room, HistoryRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reads = _reads.GetOrAdd(room, name => new SharedReads(rooms.Get(name), store, _budget, time, metrics));
            if (reads.TryReadAsync(request) is { } page)
                return await page.WaitAsync(cancellationToken);

            _reads.TryRemove(KeyValuePair.Create(room, reads));
        }
    }
}
