using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// What was heard while a room's stream is being read. Bounded: what is too much is let go of, for it can be read as well.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PendingMessages
{
    private const int MostMessages = 1_024;
    private const int MostBytes = 1024 * 1024;

    private readonly Queue<(StreamMessage Message, int Read)> _messages = new();
    private int _bytes;

    /// <summary>Keeps a message with the number of the read that was under way when it was heard; false when everything had to be let go of.</summary>
    public bool TryAdd(in StreamMessage message, int read)
    {
        if (_messages.Count == MostMessages || _bytes > MostBytes)
        {
            Clear();
            return false;
        }

        _messages.Enqueue((message, read));
        _bytes += message.Message.Body.Length;
        return true;
    }

    public bool TryPeek(out StreamMessage message, out int read)
    {
        var any = _messages.TryPeek(out var first);
        (message, read) = first;
        return any;
    }

    public void Drop()
    {
        var (message, _) = _messages.Dequeue();
        _bytes -= message.Message.Body.Length;
    }

    public void Clear()
    {
        _messages.Clear();
        _bytes = 0;
    }
}
