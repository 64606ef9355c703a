using System.Text;
using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>How far a room has delivered: the position of the last message, its mark, and those of some before it.</summary>
/// <remarks>Guarded by the room's gate. It moves only together with what the sink is told, so that the two cannot part.</remarks>
internal sealed class StreamCursor(KnownRoom known, IRoomSink sink)
{
    private readonly RecentMarks _recent = new();
    private StreamHead _head;
    private byte[] _epoch = [];

    public StreamHead Head => _head;

    /// <summary>The high-water mark in the cursor's epoch. A question asked after this cannot truthfully be answered with less.</summary>
    public StreamHead Highest => known.Highest is var highest && highest.Epoch == _head.Epoch && highest.Offset > _head.Offset ? highest : _head;

    /// <summary>Begins at a place, from which on messages will follow.</summary>
    public void Begin(StreamHead head)
    {
        MoveTo(head);
        sink.Begin(head.Position);
    }

    /// <summary>Delivers the next message, which was found to be that by <see cref="Place"/>.</summary>
    public void Deliver(in StreamMessage message)
    {
        Advance(message);
        sink.Deliver(message.Message);
    }

    /// <summary>Goes to the end of a page that does not continue what was delivered, and announces it.</summary>
    public void Resync(StreamPage page)
    {
        MoveTo(page.Head with { Offset = page.Top - page.Messages.Count, Mark = page.Messages is [var first, ..] ? first.Previous : page.Head.Mark });
        foreach (var message in page.Messages)
            Advance(message);
        sink.Resync(page.Head.Position, [.. page.Messages.Select(message => message.Message)]);
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

    /// <summary>Whether a position is further on than what was delivered, or in an epoch that is not known to have ended.</summary>
    public bool IsBehind(StreamPosition position) =>
        position.Epoch == _head.Epoch ? position.Offset > _head.Offset : !known.HasEnded(position.Epoch);

    /// <summary>Why the stream is to be read where Redis answered that it stands elsewhere than it can; null where the answer fits what was delivered.</summary>
    /// <param name="head">Where it stands.</param>
    /// <param name="before">The <see cref="Highest"/> when Redis was asked; of the present epoch.</param>
    public string? DoubtBy(StreamHead head, StreamHead before) =>
        head.Epoch != before.Epoch ? ReadReason.Epoch
        : head.Offset < before.Offset ? ReadReason.Rollback
        : head.Offset == _head.Offset && head.Mark != _head.Mark ? ReadReason.Fork
        : null;

    /// <summary>The message's epoch, without allocating where it is the present one.</summary>
    public string EpochOf(in StreamMessage message) => IsOfEpoch(message) ? _head.Epoch : Encoding.ASCII.GetString(message.Epoch.Span);

    private void MoveTo(StreamHead head)
    {
        _head = head;
        _epoch = Encoding.ASCII.GetBytes(head.Epoch);
        _recent.Clear();
        if (head.Offset > 0)
            _recent.Add(head.Offset, head.Mark);
    }

    private void Advance(in StreamMessage message)
    {
        _head = new StreamHead(_head.Epoch, message.Offset, message.Mark);
        _recent.Add(message.Offset, message.Mark);
    }

    private bool IsOfEpoch(in StreamMessage message) => message.Epoch.Span.SequenceEqual(_epoch);
}
