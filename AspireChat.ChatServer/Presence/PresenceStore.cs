using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Instances;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Presence;

/// <summary>Presence in Redis, over all instances. Every method may throw what <see cref="RedisTrouble"/> explains.</summary>
internal sealed class PresenceStore(RedisConnections redis, RedisKeys keys, Incarnation self, IOptions<PresenceOptions> options)
{
    /// <summary>How many users one script deals with; a larger number would hold up others for too long.</summary>
    public const int MaxBatch = 100;

    private static readonly EmbeddedScript WriteScript = new("presence-write.lua");
    private static readonly EmbeddedScript ClearScript = new("presence-clear.lua");

    private readonly RedisKey _ownRooms = keys.IncarnationRooms(self.Id);

    private IDatabase Database => redis.Publisher.GetDatabase();

    /// <summary>Notes that this incarnation may have presence in the room. Comes before the first write: what is not noted is never cleared after a crash.</summary>
    public async Task RegisterAsync(string room)
    {
        var added = Database.SetAddAsync(_ownRooms, room);
        var kept = Database.KeyExpireAsync(_ownRooms, options.Value.Retention);
        await added;
        await kept;
    }

    /// <summary>Takes the note back. Comes after the last write.</summary>
    public Task UnregisterAsync(string room) => Database.SetRemoveAsync(_ownRooms, room);

    /// <summary>Sets the connections of users on this instance, at most <see cref="MaxBatch"/>, and takes out those of the room who have left by now.</summary>
    public async Task<PresenceChange> WriteAsync(string room, IReadOnlyList<RoomMember> users)
    {
        var arguments = new RedisValue[3 + (2 * users.Count)];
        arguments[0] = self.Id;
        arguments[1] = Milliseconds(options.Value.Grace);
        arguments[2] = Milliseconds(options.Value.Retention);
        for (var i = 0; i < users.Count; i++)
        {
            arguments[3 + (2 * i)] = users[i].Name;
            arguments[4 + (2 * i)] = users[i].Connections;
        }

        var result = await WriteScript.RunAsync(Database, Keys(room, self.Id), arguments);
        var nextLeaves = (long)result[1];
        return new PresenceChange(
            (int)result[0],
            Strings(result[2]),
            Strings(result[3]),
            nextLeaves < 0 ? null : TimeSpan.FromMilliseconds(nextLeaves));
    }

    public async Task<RoomMembers> ReadAsync(string room)
    {
        // Some of a large room: its first by name would cost a look at all of them.
        RedisKey key = keys.RoomPresence(room);
        var reading = Database.HashRandomFieldsWithValuesAsync(key, RoomMembers.MaxNamed);
        var count = (int)await Database.HashLengthAsync(key);
        var entries = await reading;

        var members = entries.Select(entry => new RoomMember(entry.Name!, Connections(entry.Value!)));
        return new RoomMembers([.. members.OrderBy(member => member.Name, StringComparer.Ordinal)], Math.Max(count, entries.Length));
    }

    /// <summary>How many users Redis has of this instance, how many of the room, and how many of these are waited for.</summary>
    public async Task<(long Own, long All, long Leaving)> CountAsync(string room)
    {
        var own = Database.SetLengthAsync(keys.RoomPresence(room, self.Id));
        var all = Database.HashLengthAsync(keys.RoomPresence(room));
        var leaving = Database.SortedSetLengthAsync(keys.RoomLeaving(room));
        return (await own, await all, await leaving);
    }

    /// <summary>The users whom Redis has of this instance.</summary>
    public async Task<List<string>> ReadOwnAsync(string room)
    {
        var names = new List<string>();
        await foreach (var name in Database.SetScanAsync(keys.RoomPresence(room, self.Id), pageSize: MaxBatch))
            names.Add(name!);
        return names;
    }

    /// <summary>Rooms in which an ended incarnation may have left presence: some, or none when there are no more.</summary>
    public async Task<IReadOnlyList<string>> ReadRoomsLeftAsync(string incarnation) =>
        Array.ConvertAll(await Database.SetRandomMembersAsync(keys.IncarnationRooms(incarnation), MaxBatch), room => (string)room!);

    /// <summary>Takes at most <see cref="MaxBatch"/> users of an ended incarnation out of a room.</summary>
    public async Task<(PresenceChange Change, bool More)> ClearAsync(string room, string incarnation)
    {
        var result = await ClearScript.RunAsync(Database, Keys(room, incarnation), [incarnation]);
        return (new PresenceChange((int)result[0], [], Strings(result[2]), NextLeaves: null), (int)result[1] == 1);
    }

    /// <summary>Nothing of the ended incarnation is in the room any more.</summary>
    public Task UnregisterAsync(string room, string incarnation) => Database.SetRemoveAsync(keys.IncarnationRooms(incarnation), room);

    private RedisKey[] Keys(string room, string incarnation) =>
        [keys.RoomPresence(room), keys.RoomPresence(room, incarnation), keys.RoomLeaving(room)];

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private static string[] Strings(RedisResult result) => (string[])result!;

    /// <summary>Adds up <c>chat-1.5f3a09bc=2 chat-2.0c11d2e7=1</c>.</summary>
    private static int Connections(string byIncarnation)
    {
        var total = 0;
        foreach (var part in byIncarnation.AsSpan().Split(' '))
            if (byIncarnation.AsSpan(part) is var pair && pair.LastIndexOf('=') is >= 0 and var at)
                total += int.Parse(pair[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return total;
    }
}
