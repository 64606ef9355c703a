using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// The last messages of a room, encoded as they were sent, without a gap up to its top: who is behind by less joins the live fan-out from here, and who
/// joins anew gets recent history without a read. Bounded by count, bytes and age.
/// </summary>
/// <remarks>Guarded by the room's lock.</remarks>
internal sealed class RoomTail
{
    private const int MaxMessages = 256;
    private const int MaxBytes = WireProtocol.MaxMessageBytesAtOnce;

    private ServerFrame[] _ring = [];
    private int _start;
    private int _count;
    private int _bytes;
    private long _oldFrom;

    /// <summary>The epoch of the room's stream; null in the modes that have none, where the tail holds nothing.</summary>
    public string? Epoch { get; private set; }

    /// <summary>The offset of the newest message; the tail ends with it even when it holds nothing.</summary>
    public long Top { get; private set; }

    /// <summary>The offset of the oldest message held; one past the top when none is.</summary>
    public long First => Top - _count + 1;

    /// <summary>Where the room stands; null in the modes that have no stream.</summary>
    public StreamPosition? Position => Epoch is null ? null : new StreamPosition(Epoch, Top);

    /// <summary>Forgets everything, and goes on after a position, which is that of the last of some messages.</summary>
    public void Restart(StreamPosition? position, params ReadOnlySpan<ServerFrame> messages)
    {
        (_ring, _start, _count, _bytes) = ([], 0, 0, 0);
        Epoch = position?.Epoch;
        Top = (position?.Offset ?? 0) - messages.Length;
        foreach (var message in messages)
        {
            Add(message);
        }

        _oldFrom = Top;
    }

    /// <summary>Adds the message after the top.</summary>
    public void Add(ServerFrame frame)
    {
        while (_count == MaxMessages || (_count > 0 && _bytes + frame.Length > MaxBytes))
        {
            RemoveFirst();
        }

        if (_count == _ring.Length)
        {
            Grow();
        }

        _ring[(_start + _count++) % _ring.Length] = frame;
        _bytes += frame.Length;
        Top++;
    }

    /// <summary>Whether it holds as much recent history as is wanted, or all there is.</summary>
    public bool HoldsRecent(int history) => Epoch is null || _count >= history || First == 1;

    /// <summary>Whether every message after an offset is here, up to the top.</summary>
    public bool Covers(long offset) => offset <= Top && offset + 1 >= First;

    /// <summary>The message at an offset, if it is here.</summary>
    public ServerFrame? At(long offset) => offset >= First && offset <= Top ? _ring[(_start + (int)(offset - First)) % _ring.Length] : null;

    /// <summary>The messages after an offset that is covered.</summary>
    public ServerFrame[] After(long offset) => Last((int)(Top - offset));

    /// <summary>The newest messages, at most as many as given, oldest first.</summary>
    public ServerFrame[] Last(int count)
    {
        var frames = new ServerFrame[Math.Min(count, _count)];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = _ring[(_start + _count - frames.Length + i) % _ring.Length];
        }

        return frames;
    }

    /// <summary>Forgets what was here at the last call already: called now and then, it keeps quiet rooms from holding memory for good.</summary>
    public void Age()
    {
        while (_count > 0 && First <= _oldFrom)
        {
            RemoveFirst();
        }

        if (_count == 0)
        {
            _ring = [];
        }

        _oldFrom = Top;
    }

    private void RemoveFirst()
    {
        _bytes -= _ring[_start].Length;
        _ring[_start] = default;
        _start = (_start + 1) % _ring.Length;
        _count--;
    }

    private void Grow()
    {
        var larger = new ServerFrame[Math.Clamp(_ring.Length * 2, 8, MaxMessages)];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _ring[(_start + i) % _ring.Length];
        }

        (_ring, _start) = (larger, 0);
    }
}
