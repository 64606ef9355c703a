using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>The marks of the newest messages delivered in a room, by offset: tells a message that came twice from another one in its place.</summary>
/// <remarks>Not thread-safe. Grows with use, so that a quiet room costs next to nothing.</remarks>
internal sealed class RecentMarks
{
    private const int Smallest = 8;
    private const int Largest = 256;

    private MessageMark[] _marks = [];
    private long _last;
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>Adds the message after the last one, or the first one.</summary>
    public void Add(long offset, MessageMark mark)
    {
        if (_count == _marks.Length && _count < Largest)
            Grow();

        _marks[offset & (_marks.Length - 1)] = mark;
        _last = offset;
        _count = Math.Min(_count + 1, _marks.Length);
    }

    public bool TryGet(long offset, out MessageMark mark)
    {
        mark = default;
        if (offset > _last || offset <= _last - _count)
            return false;

        mark = _marks[offset & (_marks.Length - 1)];
        return true;
    }

    private void Grow()
    {
        var larger = new MessageMark[Math.Max(Smallest, _marks.Length * 2)];
        for (var offset = _last - _count + 1; _count > 0 && offset <= _last; offset++)
            larger[offset & (larger.Length - 1)] = _marks[offset & (_marks.Length - 1)];
        _marks = larger;
    }
}
