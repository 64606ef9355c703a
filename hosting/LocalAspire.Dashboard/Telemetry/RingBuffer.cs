namespace LocalAspire.Dashboard.Telemetry;

/// <summary>The newest items in order; grows up to its capacity, then the oldest gives way. Not safe for use from several threads.</summary>
public sealed class RingBuffer<T>(int capacity)
{
    private T[] _items = new T[Math.Min(capacity, 16)];
    private int _start;

    public int Count { get; private set; }

    public T this[int index] => _items[(_start + index) % _items.Length];

    public T Oldest => this[0];

    public T Newest => this[Count - 1];

    /// <summary>Adds at the end. True where the oldest, <paramref name="evicted"/>, had to go.</summary>
    public bool Add(T item, out T? evicted)
    {
        var full = Count == capacity;
        evicted = full ? RemoveOldest() : default;
        if (Count == _items.Length) Grow();
        _items[(_start + Count++) % _items.Length] = item;
        return full;
    }

    public T RemoveOldest()
    {
        var oldest = _items[_start];
        _items[_start] = default!;
        _start = (_start + 1) % _items.Length;
        Count--;
        return oldest;
    }

    public void CopyTo(Span<T> destination)
    {
        var untilWrap = Math.Min(Count, _items.Length - _start);
        _items.AsSpan(_start, untilWrap).CopyTo(destination);
        _items.AsSpan(0, Count - untilWrap).CopyTo(destination[untilWrap..]);
    }

    public void Clear()
    {
        _items = new T[Math.Min(capacity, 16)];
        _start = 0;
        Count = 0;
    }

    private void Grow()
    {
        var grown = new T[Math.Min(capacity, 2 * _items.Length)];
        CopyTo(grown);
        _items = grown;
        _start = 0;
    }
}
