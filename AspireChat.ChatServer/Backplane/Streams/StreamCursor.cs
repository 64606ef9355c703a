using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>How far a room has delivered: the position of the last message, its mark, and those of some before it.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class StreamCursor(KnownRoom known)
{
    private readonly RecentMarks _recent = new();
    private StreamHead _head;
    private byte[] _epoch = [];

    public StreamHead Head => _head;

    /// <summary>Goes to a place, from which on messages will follow.</summary>
    public void MoveTo(StreamHead head)
    {
        _head = head;
        _epoch = System.Text.Encoding.ASCII.GetBytes(head.Epoch);
        _recent.Clear();
        if (head.Offset > 0)
            _recent.Add(head.Offset, head.Mark);
    }

    /// <summary>Goes on by the next message.</summary>
    public void Advance(in StreamMessage message)
    {
        _head = new StreamHead(_head.Epoch, message.Offset, message.Mark);
        _recent.Add(message.Offset, message.Mark);
    }

    public Placement Place(in StreamMessage message)
    {
        if (!IsOfEpoch(message))
            return known.HasEnded(EpochOf(message)) ? Placement.Repeat : Placement.OtherEpoch;
        if (message.Offset == _head.Offset + 1)
            return message.Previous == _head.Mark ? Placement.Next : Placement.Fork;
        if (message.Offset > _head.Offset)
            return Placement.Gap;
        if (!_recent.TryGet(message.Offset, out var mark))
            return Placement.Old;
        return mark == message.Mark ? Placement.Repeat : Placement.Fork;
    }

    /// <summary>The message's epoch, without allocating where it is the present one.</summary>
    public string EpochOf(in StreamMessage message) =>
        IsOfEpoch(message) ? _head.Epoch : System.Text.Encoding.ASCII.GetString(message.Epoch.Span);

    private bool IsOfEpoch(in StreamMessage message) => message.Epoch.Span.SequenceEqual(_epoch);
}
