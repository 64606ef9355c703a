using System.Text.Json;
using AspireChat.ChatServer.Backplane;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Instances;

/// <summary>Leases in Redis, by Redis's own clock. Each method is one atomic script.</summary>
internal sealed class RedisInstanceLeases(RedisConnections redis, RedisKeys keys, IOptions<InstancesOptions> options) : IInstanceLeases
{
    private static readonly EmbeddedScript BeatScript = new("instances-beat.lua");
    private static readonly EmbeddedScript ReadScript = new("instances-read.lua");
    private static readonly EmbeddedScript EndScript = new("instances-end.lua");
    private static readonly EmbeddedScript ClaimScript = new("instances-claim.lua");

    private readonly RedisKey[] _leasesAndStatuses = [keys.Instances, keys.InstanceStatuses];
    private readonly RedisKey[] _all = [keys.Instances, keys.InstanceStatuses, keys.InstanceClaims];

    private IDatabase Database => redis.Publisher.GetDatabase();

    public async Task<BeatResult> BeatAsync(InstanceStatus own, long order, bool claim)
    {
        var status = JsonSerializer.SerializeToUtf8Bytes(own, InstancesJson.Default.InstanceStatus);
        var claimFor = claim ? Milliseconds(options.Value.Claim) : 0;
        var result = await BeatScript.RunAsync(
            Database, _all, [own.Incarnation, Milliseconds(options.Value.Lease), status, claimFor, order, Milliseconds(options.Value.Succession)]);

        return new BeatResult((int)result[0] == 1, (string[])result[1]!, Parse(result[2]), (long)result[3]);
    }

    public async Task<IReadOnlyList<InstanceStatus>> ReadAsync() =>
        Parse(await ReadScript.RunAsync(Database, _leasesAndStatuses, []));

    public Task EndAsync(string incarnation) => EndScript.RunAsync(Database, _leasesAndStatuses, [incarnation]);

    public async Task<bool> RenewClaimAsync(string incarnation) =>
        (int)await ClaimScript.RunAsync(Database, _all, [incarnation, Milliseconds(options.Value.Claim)]) == 1;

    public async Task<bool> ForgetAsync(string incarnation) =>
        (int)await ClaimScript.RunAsync(Database, _all, [incarnation, 0]) == 1;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private static InstanceStatus[] Parse(RedisResult statuses) =>
        Array.ConvertAll((RedisValue[]?)statuses ?? [], status => JsonSerializer.Deserialize((string)status!, InstancesJson.Default.InstanceStatus)!);
}
