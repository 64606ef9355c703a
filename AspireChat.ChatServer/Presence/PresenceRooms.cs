using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Presence;

/// <summary>The rooms that this instance takes part in. A room comes with its first connection here, and goes when it is empty and all is written.</summary>
internal sealed class PresenceRooms(
    PresenceAnnouncer announcer,
    DueRooms due,
    IOptions<PresenceOptions> options,
    TimeProvider time,
    ILogger<PresenceRooms> logger,
    PresenceStore? store = null)
{
    private readonly ConcurrentDictionary<string, PresenceRoom> _rooms = new();

    public IEnumerable<PresenceRoom> All => _rooms.Select(entry => entry.Value);

    public PresenceRoom? Find(string room) => _rooms.GetValueOrDefault(room);

    public PresenceRoom FindOrAdd(string room) =>
        _rooms.GetOrAdd(room, static (name, self) => self.New(name), this);

    /// <summary>Lets go of the room if it is done with. Whoever found it before that is told so when he joins it, and finds another.</summary>
    public void Release(PresenceRoom room)
    {
        if (room.TryClose())
            _rooms.TryRemove(KeyValuePair.Create(room.Name, room));
    }

    private PresenceRoom New(string name) => new(name, announcer, due, options, time, logger, store);
}
