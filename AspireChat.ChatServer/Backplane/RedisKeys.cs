namespace AspireChat.ChatServer.Backplane;

/// <summary>The name of every key and channel in Redis. All keys of a room share the hash tag <c>{room}</c>, so in a cluster they share a slot.</summary>
/// <param name="prefix">Starts each name; see <see cref="ChatOptions.Prefix"/>.</param>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>Hash: the mode and its version.</summary>
    public string Mode => $"{prefix}mode";

    /// <summary>Sorted set: live incarnations of instances by the time at which their lease ends.</summary>
    public string Instances => $"{prefix}instances";

    /// <summary>Channel: this instance's delivery probe.</summary>
    public string ProbeChannel(string incarnation) => $"{prefix}probe:{incarnation}";

    /// <summary>Channel: messages and signals of a room.</summary>
    public string RoomChannel(string room) => $"{prefix}room:{{{room}}}";

    /// <summary>Hash: epoch and top offset of a room's stream.</summary>
    public string RoomStream(string room) => $"{prefix}stream:{{{room}}}";

    /// <summary>List: a room's newest messages.</summary>
    public string RoomHistory(string room) => $"{prefix}history:{{{room}}}";

    /// <summary>Hash: what became of a room's recent sends, by name and id.</summary>
    public string RoomSends(string room) => $"{prefix}sends:{{{room}}}";

    /// <summary>List: a room's recent sends, oldest first.</summary>
    public string RoomSendOrder(string room) => $"{prefix}sends:{{{room}}}:order";

    /// <summary>Who is in a room, by incarnation.</summary>
    public string RoomPresence(string room) => $"{prefix}presence:{{{room}}}";
}
