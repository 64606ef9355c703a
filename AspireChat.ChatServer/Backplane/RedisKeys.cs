namespace AspireChat.ChatServer.Backplane;

/// <summary>The name of every key and channel in Redis. All keys of a room share the hash tag <c>{room}</c>, so in a cluster they share a slot.</summary>
/// <param name="prefix">Starts each name; see <see cref="ChatOptions.Prefix"/>.</param>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>Hash: the mode and its version.</summary>
    public string Mode => $"{prefix}mode";

    /// <summary>Sorted set: the incarnations of instances, by the time at which their lease ends.</summary>
    public string Instances => $"{prefix}{{instances}}:leases";

    /// <summary>Hash: what each incarnation tells of itself.</summary>
    public string InstanceStatuses => $"{prefix}{{instances}}:statuses";

    /// <summary>Sorted set: expired incarnations that somebody clears up after, by the time until which nobody else need.</summary>
    public string InstanceClaims => $"{prefix}{{instances}}:claims";

    /// <summary>Set: the rooms in which an incarnation may have left presence.</summary>
    public string IncarnationRooms(string incarnation) => $"{prefix}rooms:{incarnation}";

    /// <summary>Channel: "look at this now" to every instance, for what each would otherwise see at its next look.</summary>
    public string NoticeChannel => $"{prefix}notices";

    /// <summary>Set: the names of banned users.</summary>
    public string Bans => $"{prefix}{{bans}}:names";

    /// <summary>String: raised by each change of the bans.</summary>
    public string BansVersion => $"{prefix}{{bans}}:version";

    /// <summary>String: what a ticket stands for, under a digest of the ticket.</summary>
    public string Ticket(string digest) => $"{prefix}ticket:{digest}";

    /// <summary>Channel: this instance's delivery probe.</summary>
    public string ProbeChannel(string incarnation) => $"{prefix}probe:{incarnation}";

    /// <summary>Channel: this instance's delivery probe of the shard of a hash tag.</summary>
    public string ProbeChannel(string incarnation, string tag) => $"{prefix}probe:{{{tag}}}:{incarnation}";

    /// <summary>Channel: messages and signals of a room.</summary>
    public string RoomChannel(string room) => $"{prefix}room:{{{room}}}";

    /// <summary>Whether a channel is that of a room.</summary>
    public static bool IsRoomChannel(string channel) => channel.Contains("room:{", StringComparison.Ordinal);

    /// <summary>Hash: epoch and top offset of a room's stream.</summary>
    public string RoomStream(string room) => $"{prefix}stream:{{{room}}}";

    /// <summary>List: a room's newest messages.</summary>
    public string RoomHistory(string room) => $"{prefix}history:{{{room}}}";

    /// <summary>Hash: what became of a room's recent sends, by name and id.</summary>
    public string RoomSends(string room) => $"{prefix}sends:{{{room}}}";

    /// <summary>List: a room's recent sends, oldest first.</summary>
    public string RoomSendOrder(string room) => $"{prefix}sends:{{{room}}}:order";

    /// <summary>Hash: who is in a room; for each user, his connections by incarnation.</summary>
    public string RoomPresence(string room) => $"{prefix}presence:{{{room}}}";

    /// <summary>Set: the users whom one incarnation may have in a room.</summary>
    public string RoomPresence(string room, string incarnation) => $"{prefix}presence:{{{room}}}:{incarnation}";

    /// <summary>Sorted set: users without a connection, by the time at which they count as having left the room.</summary>
    public string RoomLeaving(string room) => $"{prefix}leaving:{{{room}}}";
}
