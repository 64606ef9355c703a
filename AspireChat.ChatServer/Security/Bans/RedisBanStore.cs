using System.Collections.Frozen;
using System.Globalization;
using AspireChat.ChatServer.Backplane;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Security.Bans;

/// <summary>Bans in Redis, for all instances and over their restarts.</summary>
internal sealed class RedisBanStore(RedisConnections redis, RedisKeys keys) : IBanStore
{
    private static readonly EmbeddedScript HoldScript = new("bans-hold.lua");
    private static readonly EmbeddedScript SetScript = new("bans-set.lua");

    private readonly RedisKey[] _keys = [keys.Bans, keys.BansVersion];

    private IDatabase Database => redis.Publisher.GetDatabase();

    public async Task<BanSnapshot> HoldAsync(BanSnapshot known)
    {
        var result = await HoldAsync(known.Version, []);

        // Sent only where they are needed: the look each second stays small, however long the list is.
        if (Version(result) < known.Version && known.Names.Count > 0)
            result = await HoldAsync(known.Version, known.Names);
        return Version(result) <= known.Version ? known : new BanSnapshot(Version(result), result[1..].ToFrozenSet());
    }

    public async Task SetAsync(string name, bool banned, BanSnapshot known)
    {
        // First what Redis may have lost: afterwards its version would be the higher one, and the loss would count.
        await HoldAsync(known);
        await SetScript.RunAsync(Database, _keys, [name, banned ? 1 : 0, known.Version]);
    }

    private async Task<string[]> HoldAsync(long version, IEnumerable<string> names) =>
        (string[])(await HoldScript.RunAsync(Database, _keys, [version, .. names.Select(name => (RedisValue)name)]))!;

    private static long Version(string[] result) => long.Parse(result[0], CultureInfo.InvariantCulture);
}
