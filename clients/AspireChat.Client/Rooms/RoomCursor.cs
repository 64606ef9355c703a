using AspireChat.Client.Protocol;

namespace AspireChat.Client.Rooms;

/// <summary>How a message stands to what was taken before it.</summary>
internal enum Continuity
{
    /// <summary>The next one.</summary>
    Next,

    /// <summary>One that was taken already.</summary>
    Repeat,

    /// <summary>Messages before it are missing.</summary>
    Gap,
}

/// <summary>
/// Up to where a room was taken. Within an epoch offsets alone decide: contiguous by the protocol, so one look tells a repeat from a gap. Where there
/// is no offset, and across epochs, the newest ids tell what was seen before.
/// </summary>
internal sealed class RoomCursor
{
    private const int IdsKept = 1024;

    private readonly RecentIds _recent = new(IdsKept);

    /// <summary>Null when there is no stream.</summary>
    public ResumePoint? Last { get; private set; }

    public StreamPosition? Position => Last is { } last ? new(last.Epoch, last.Offset) : null;

    public Continuity Check(MessageFrame message)
    {
        if (Last is { } last && message.Offset is { } offset)
            return offset == last.Offset + 1 ? Continuity.Next : offset <= last.Offset ? Continuity.Repeat : Continuity.Gap;

        return _recent.Contains(message.Name, message.Id) ? Continuity.Repeat : Continuity.Next;
    }

    /// <summary>Takes a message that is the next.</summary>
    public void Advance(MessageFrame message)
    {
        if (Last is { } last && message.Offset is { } offset)
            Last = new(last.Epoch, offset, message.Id, message.Name);

        _recent.Add(message.Name, message.Id);
    }

    /// <summary>Goes on elsewhere, at the end of <paramref name="messages"/>.</summary>
    /// <returns>Which of them had not been taken before.</returns>
    public List<MessageFrame> MoveTo(StreamPosition? position, IReadOnlyList<MessageFrame> messages)
    {
        var at = messages.Count > 0 && messages[^1].Offset == position?.Offset ? messages[^1] : null;
        Last = position is { } p ? new(p.Epoch, p.Offset, at?.Id, at?.Name) : null;
        return [.. messages.Where(message => _recent.Add(message.Name, message.Id))];
    }

    /// <summary>The stream is no more: the mode was switched.</summary>
    public void LeaveStream() => Last = null;
}
