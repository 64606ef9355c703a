using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Rooms;

/// <summary>A room's hints to its members: who comes, goes and types. In a big room they would outnumber the messages, so there they are gathered or left out.</summary>
/// <remarks>Guarded by the room's lock.</remarks>
internal sealed class RoomNotices(string room)
{
    private static readonly TimeSpan TypingInterval = TimeSpan.FromSeconds(2);

    private Dictionary<string, long>? _typing;
    private bool _gathered;

    /// <summary>How many users the room has, as far as this instance has heard.</summary>
    public int Members { get; set; }

    private bool IsBig => Members > WireProtocol.MaxListedMembers;

    public void Take(RoomSignal signal, Roster roster)
    {
        if (signal.Kind == RoomSignalKind.Typing)
        {
            var typing = ServerFrames.Typing(room, signal.Name);
            roster.SendToAll(typing, member => member.Name != signal.Name);
            return;
        }

        Members = signal.Members;
        if (IsBig)
        {
            _gathered = true;
            return;
        }

        var presence = ServerFrames.Presence(room, signal.Kind == RoomSignalKind.Joined, signal.Name, signal.Members);
        roster.SendToAll(presence, member => member.WantsPresence);
    }

    /// <summary>Called once a second.</summary>
    public void SendGathered(Roster roster)
    {
        if (_gathered)
        {
            _gathered = false;
            roster.SendToAll(ServerFrames.PresenceCount(room, Members), member => member.WantsPresence);
        }
    }

    public bool TryTakeTyping(string user, TimeProvider time)
    {
        if (IsBig)
        {
            return false;
        }

        var now = time.GetTimestamp();
        _typing ??= new Dictionary<string, long>(StringComparer.Ordinal);
        if (_typing.TryGetValue(user, out var last) && time.GetElapsedTime(last, now) < TypingInterval)
        {
            return false;
        }

        if (_typing.Count > WireProtocol.MaxListedMembers)
        {
            _typing.Clear();
        }

        _typing[user] = now;
        return true;
    }
}
