using System.Collections.Concurrent;

namespace AspireChat.Tests.Backplane;

/// <summary>What stands for Redis: the rooms that several <see cref="MemoryBackplane"/>s share. Its switches make it fail as Redis does.</summary>
internal sealed class MemoryHub
{
    private readonly ConcurrentDictionary<string, MemoryRoom> _rooms = new();

    /// <summary>How many messages a room keeps.</summary>
    public int Window { get; init; } = 10_000;

    /// <summary>Nothing answers in time.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many reads of history there were.</summary>
    public int Reads => _reads;

    private int _reads;

    public MemoryRoom Room(string name) => _rooms.GetOrAdd(name, _ => new MemoryRoom(Window));

    public void CountRead() => Interlocked.Increment(ref _reads);
}
