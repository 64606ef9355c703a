using System.Collections.Concurrent;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Presence;
using AspireChat.Tests.Backplane;

namespace AspireChat.Tests.ChatServers;

/// <summary>Presence without Redis, over all servers that share it; told at once, without the grace for who comes back.</summary>
internal sealed class MemoryPresence(MemoryHub hub) : IRoomPresence
{
    private readonly ConcurrentDictionary<string, SortedDictionary<string, int>> _rooms = new();

    public ValueTask JoinedAsync(string room, string name, CancellationToken cancellationToken)
    {
        Change(room, name, 1);
        return ValueTask.CompletedTask;
    }

    public ValueTask LeftAsync(string room, string name, CancellationToken cancellationToken)
    {
        Change(room, name, -1);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RoomMembers> ReadAsync(string room, CancellationToken cancellationToken)
    {
        var members = Members(room);
        lock (members)
        {
            return new(new RoomMembers([.. members.Take(100).Select(entry => new RoomMember(entry.Key, entry.Value))], members.Count));
        }
    }

    private void Change(string room, string name, int by)
    {
        var members = Members(room);
        lock (members)
        {
            var connections = members.GetValueOrDefault(name) + by;
            if (connections == 0)
            {
                members.Remove(name);
            }
            else
            {
                members[name] = connections;
            }

            var changed = by > 0 ? connections == 1 : connections == 0;
            if (changed)
            {
                hub.Room(room).Signal(new RoomSignal(by > 0 ? RoomSignalKind.Joined : RoomSignalKind.Left, name, members.Count));
            }
        }
    }

    private SortedDictionary<string, int> Members(string room) =>
        _rooms.GetOrAdd(room, _ => new SortedDictionary<string, int>(StringComparer.Ordinal));
}
