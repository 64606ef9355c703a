using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Presence;

/// <summary>Takes an instance whose lease has ended out of the rooms it was in, and announces who is gone with it.</summary>
/// <remarks>
/// Each part of a room is one atomic step: of two instances that clear the same one, each takes out others and announces these. A room is struck off the
/// list only when it is cleared, so a death in between loses nothing but the announcement of one step.
/// </remarks>
internal sealed class PresenceHeir(PresenceStore store, PresenceAnnouncer announcer, TimeProvider time) : IIncarnationHeir
{
    private const int AtOnce = 16;

    public async ValueTask<bool> ClearSomeAsync(string incarnation, CancellationToken cancellationToken)
    {
        var rooms = await store.ReadRoomsLeftAsync(incarnation);
        await Parallel.ForEachAsync(
            rooms,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (room, _) => await ClearAsync(room, incarnation));
        return rooms.Count > 0;
    }

    private async Task ClearAsync(string room, string incarnation)
    {
        var gate = new AnnouncementGate(time);
        bool more;
        do
        {
            (var change, more) = await store.ClearAsync(room, incarnation);
            if (announcer.Shared)
                await announcer.TellAsync(room, gate.Pass(change, out _));
        }
        while (more);

        await store.UnregisterAsync(room, incarnation);
    }
}
