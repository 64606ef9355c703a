namespace AspireChat.ChatServer.Connections;

/// <summary>The entries that wait in an <see cref="OutboundQueue"/>, in order, and the bound on their bytes.</summary>
/// <remarks>
/// Guarded by the queue's lock. Two arrays take turns: one is filled while the other is written. A quiet connection keeps none that is long.
/// </remarks>
/// <param name="maxBytes">The most that may be counted at a time.</param>
internal struct OutboundEntries(int maxBytes)
{
    /// <summary>Longer arrays are not kept for the next burst.</summary>
    private const int MaxKeptEntries = 64;

    private OutboundEntry[] _entries = [];
    private int _count;
    private int _bytes;

    public readonly bool IsEmpty => _count == 0;

    /// <summary>The bytes counted, of what waits and of what is being written; may be read without the lock.</summary>
    public readonly int Bytes => Volatile.Read(in _bytes);

    /// <summary>Counts bytes, if that many more are allowed.</summary>
    public bool TryCount(int bytes)
    {
        if (_bytes + bytes > maxBytes)
        {
            return false;
        }

        _bytes += bytes;
        return true;
    }

    /// <summary>They are written, or never will be.</summary>
    public void Uncount(int bytes) => _bytes -= bytes;

    /// <summary>Adds an entry; where it counts, its bytes have been counted.</summary>
    public void Add(OutboundEntry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(1, _count * 2));
        }

        _entries[_count++] = entry;
    }

    /// <summary>Gives all of them, which go on counting, for an array of entries that were let go of.</summary>
    /// <param name="batch">That array; the entries afterwards.</param>
    /// <param name="count">How many there are afterwards.</param>
    public void Swap(ref OutboundEntry[] batch, out int count)
    {
        var free = batch.Length <= MaxKeptEntries ? batch : [];
        (batch, count) = (_entries, _count);
        (_entries, _count) = (free, 0);
    }

    /// <summary>Lets go of all of them.</summary>
    public void Clear()
    {
        _bytes -= OutboundEntry.Forget(_entries.AsSpan(0, _count));
        _count = 0;
    }
}
