using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.History;

/// <summary>Reads the stored messages of rooms.</summary>
/// <remarks>Thread-safe, and made to be called by thousands at once: callers that want the same part of a room share one read of Redis.</remarks>
internal interface IRoomHistory
{
    /// <summary>Reads the newest messages of a room, at most <paramref name="limit"/> (0 to 256), oldest first; creates no stream.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time.</exception>
    ValueTask<HistoryPage> ReadNewestAsync(string room, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the messages after a position, at most <paramref name="limit"/> (1 to 256), oldest first. A position of another epoch, beyond the top, or
    /// whose next message is no longer kept, gives a page that does not <see cref="HistoryPage.Continues"/> it.
    /// </summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time.</exception>
    ValueTask<HistoryPage> ReadAfterAsync(string room, StreamPosition after, int limit, CancellationToken cancellationToken);
}
