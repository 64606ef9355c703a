using StackExchange.Redis;

namespace AspireChat.Tests.Redis;

/// <summary>A primary, a replica, and three sentinels that have a quick mind: real processes, which fail over by themselves.</summary>
internal sealed class SentinelGroup : IAsyncDisposable
{
    public const string Service = "mymaster";
    private const string User = "replication";
    private const string Password = "a-password-of-the-tests";

    private readonly RedisServer[] _nodes;
    private readonly RedisServer[] _sentinels;

    private SentinelGroup(RedisServer[] nodes, RedisServer[] sentinels) => (_nodes, _sentinels) = (nodes, sentinels);

    /// <summary>As chat servers are given it.</summary>
    public string ConnectionString => $"{string.Join(',', _sentinels.Select(sentinel => sentinel.ConnectionString))},serviceName={Service}";

    public static async Task<SentinelGroup> StartAsync()
    {
        var servers = new List<RedisServer>();
        try
        {
            servers.Add(await RedisServer.StartAsync(RedisFlavour.Redis, new() { Durable = true }));
            servers.Add(await RedisServer.StartAsync(RedisFlavour.Redis, new() { Durable = true, Arguments = ["--replicaof", "127.0.0.1", $"{servers[0].Port}"] }));
            for (var number = 1; number <= 3; number++)
                servers.Add(await RedisServer.StartAsync(RedisFlavour.Redis, new() { SentinelOf = $"{Service} 127.0.0.1 {servers[0].Port}" }));
        }
        catch
        {
            foreach (var server in servers)
                await server.DisposeAsync();
            throw;
        }

        var group = new SentinelGroup([.. servers.Take(2)], [.. servers.Skip(2)]);
        await group.MendAsync();
        return group;
    }

    /// <summary>Starts whichever node a test has killed, and returns once it follows the other.</summary>
    public async Task MendAsync()
    {
        foreach (var node in _nodes)
        {
            await node.EnsureRunningAsync();

            // Replication has a user of its own, so that it alone can be held up.
            Assert.Equal("+OK", await node.CommandAsync("ACL", "SETUSER", User, "on", $">{Password}", "~*", "&*", "+@all"));
            Assert.Equal("+OK", await node.CommandAsync("CONFIG", "SET", "masteruser", User, "masterauth", Password));
        }

        await Eventually.Is("the replica follows, and the sentinels know it", async () =>
            await IsFollowedAsync() && await AgreeAsync(), TimeSpan.FromSeconds(60));
    }

    /// <summary>The node that is primary now.</summary>
    public async Task<RedisServer> PrimaryAsync() => await RoleAsync(_nodes[0]) is Role.Master ? _nodes[0] : _nodes[1];

    public RedisServer Other(RedisServer node) => node == _nodes[0] ? _nodes[1] : _nodes[0];

    /// <summary>From now on the replica gets nothing any more, and is as well as before for all that the sentinels see.</summary>
    public async Task HoldReplicationUpAsync()
    {
        var primary = await PrimaryAsync();
        Assert.Equal("+OK", await primary.CommandAsync("ACL", "SETUSER", User, "off"));
        await primary.CommandAsync("CLIENT", "KILL", "TYPE", "replica");
    }

    /// <summary>Whether one node is primary, and the other gets what it writes.</summary>
    public async Task<bool> IsFollowedAsync()
    {
        var roles = await Task.WhenAll(_nodes.Select(RoleAsync));
        return roles.Any(role => role is Role.Master) && roles.Any(role => role is Role.Replica { State: "connected" });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _sentinels.Concat(_nodes))
            await server.DisposeAsync();
    }

    /// <summary>Whether every sentinel knows the replica and the other sentinels, and takes nobody for dead.</summary>
    private async Task<bool> AgreeAsync()
    {
        foreach (var sentinel in _sentinels)
        {
            await using var connection = await ConnectionMultiplexer.SentinelConnectAsync(new ConfigurationOptions { EndPoints = { sentinel.ConnectionString } });
            var state = (await connection.GetServers().Single().SentinelMasterAsync(Service)).ToDictionary();
            if (state["flags"] != "master" || state["num-slaves"] != "1" || state["num-other-sentinels"] != "2")
                return false;
        }

        return true;
    }

    private static async Task<Role?> RoleAsync(RedisServer node)
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync($"{node.ConnectionString},connectTimeout=2000,connectRetry=1");
            return await connection.GetServers().Single().RoleAsync();
        }
        catch (RedisException)
        {
            return null;
        }
    }
}
