using System.Collections.Concurrent;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>The rooms that this instance knows something of. One that was not used for 15 minutes is forgotten: by then its history has expired.</summary>
internal sealed class KnownRooms(RedisKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, KnownRoom> _rooms = new(StringComparer.Ordinal);

    public KnownRoom Get(string name)
    {
        var room = _rooms.GetOrAdd(name, static (name, keys) => new KnownRoom(name, keys), keys);
        room.Used = time.GetTimestamp();
        return room;
    }

    /// <summary>The highest position known of a room; an empty epoch when nothing is.</summary>
    public StreamHead Highest(string name) => _rooms.TryGetValue(name, out var room) ? room.Highest : new StreamHead("", 0, default);

    public void Prune()
    {
        foreach (var (name, room) in _rooms)
        {
            if (time.GetElapsedTime(room.Used) > Lifetime)
                _rooms.TryRemove(name, out _);
        }
    }
}
