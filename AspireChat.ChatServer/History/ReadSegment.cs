using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Streams;

namespace AspireChat.ChatServer.History;

/// <summary>What one read of a room's history brought, and whom it can serve.</summary>
/// <param name="page">What was read.</param>
/// <param name="readAt">When the read was asked for; a timestamp.</param>
internal sealed class ReadSegment(StreamPage page, long readAt)
{
    private readonly RoomMessage[] _messages = [.. page.Messages.Select(message => message.Message)];

    public long ReadAt => readAt;

    public int Bytes { get; } = page.Messages.Sum(message => message.Message.Body.Length + PerMessage);

    public long First => page.First;

    private const int PerMessage = 160;

    private long FirstRead => _messages.Length > 0 ? _messages[0].Offset : page.Top + 1;

    private bool ReachesTop => _messages.Length == 0 ? page.Top < page.First : _messages[^1].Offset == page.Top;

    /// <summary>Serves a request that was made before the read was asked for: the answer may also be that there is nothing, or no going on.</summary>
    public HistoryPage? Serve(HistoryRequest request)
    {
        if (request.After is not { } after)
            return ServeNewest(request.Limit);
        if (after.Epoch != page.Head.Epoch || after.Offset > page.Top || after.Offset + 1 < page.First || after.Offset == page.Top)
            return ToPage(page.Top, []);
        return ServeFrom(after.Offset + 1, request.Limit, page.Top);
    }

    /// <summary>
    /// Serves a request that was made later, if nothing can be missing from the answer: messages that follow the position, which never change; or the
    /// newest ones, if the stream is not known to have moved on.
    /// </summary>
    public HistoryPage? ServeLater(HistoryRequest request, StreamHead highest)
    {
        // Of an epoch that may have ended since nothing is served.
        if (highest.Epoch.Length > 0 && highest.Epoch != page.Head.Epoch)
            return null;
        if (request.After is not { } after)
            return highest.Offset <= page.Top ? ServeNewest(request.Limit) : null;
        return after.Epoch == page.Head.Epoch ? ServeFrom(after.Offset + 1, request.Limit, Math.Max(page.Top, highest.Offset)) : null;
    }

    private HistoryPage? ServeFrom(long offset, int limit, long top)
    {
        var start = offset - FirstRead;
        if (start < 0 || start >= _messages.Length)
            return null;
        return ToPage(top, new ArraySegment<RoomMessage>(_messages, (int)start, Math.Min(limit, _messages.Length - (int)start)));
    }

    private HistoryPage? ServeNewest(int limit)
    {
        if (limit > 0 && !(ReachesTop && (_messages.Length >= limit || FirstRead == page.First)))
            return null;
        var count = Math.Min(limit, _messages.Length);
        return ToPage(page.Top, new ArraySegment<RoomMessage>(_messages, _messages.Length - count, count));
    }

    private HistoryPage ToPage(long top, IReadOnlyList<RoomMessage> messages) => new(page.Head.Epoch, page.First, top, messages);
}
