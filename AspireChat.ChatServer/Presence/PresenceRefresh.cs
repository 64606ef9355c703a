using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Presence;

/// <summary>
/// Sets right who is shown as present after a switch between mode local, in which an instance shows its own, and the others, in which it shows all.
/// Each instance tells its own rooms when it has switched itself, so it does not matter in which order they do.
/// </summary>
internal sealed class PresenceRefresh(PresenceAnnouncer announcer)
{
    public async Task RefreshAsync(PresenceRoom room, BackplaneMode mode)
    {
        try
        {
            var here = room.Here;
            var everywhere = await room.ReadSharedAsync();

            var local = mode == BackplaneMode.Local;
            var kind = local ? RoomSignalKind.Left : RoomSignalKind.Joined;
            var count = local ? here.Count : everywhere.Count;
            var elsewhere = everywhere.Members.Select(member => member.Name).Except(here.Members.Select(member => member.Name));

            // In a large room one signal has the count told anew, and the name does not matter.
            var told = everywhere.Count > RoomMembers.MaxNamed ? elsewhere.Take(1) : elsewhere;
            await announcer.TellAsync(room.Name, [.. told.Select(name => new RoomSignal(kind, name, count))]);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // Who joins or leaves from now on is told rightly; the rest shows at the next join.
        }
    }
}
