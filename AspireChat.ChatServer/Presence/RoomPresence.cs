using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Presence;

/// <summary>See <see cref="IRoomPresence"/>.</summary>
internal sealed class RoomPresence(PresenceRooms rooms, PresenceAnnouncer announcer, PresenceStore? store = null) : IRoomPresence
{
    public async ValueTask JoinedAsync(string room, string name, CancellationToken cancellationToken) =>
        await JoinAsync(room, name).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask LeftAsync(string room, string name, CancellationToken cancellationToken) =>
        await LeaveAsync(room, name).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask<RoomMembers> ReadAsync(string room, CancellationToken cancellationToken)
    {
        var known = rooms.Find(room);
        var here = known?.Here ?? RoomMembers.None;
        if (store is null || !announcer.Shared)
            return here;

        try
        {
            return await (known?.ReadSharedAsync() ?? store.ReadAsync(room)).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            return here;
        }
    }

    private async Task JoinAsync(string room, string name)
    {
        while (!await rooms.FindOrAdd(room).TryJoinAsync(name))
        {
            // The room was closed between the two: there will be another.
        }
    }

    private async Task LeaveAsync(string room, string name)
    {
        if (rooms.Find(room) is not { } found)
            return;

        await found.LeaveAsync(name);
        rooms.Release(found);
    }
}
