using System.Globalization;
using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Redis;

/// <summary>A cluster of real processes: three primaries, and a replica for each, which take over by themselves.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    public const int Shards = 3;
    private const int Slots = 16_384;

    private readonly RedisServer[] _nodes;
    private readonly string[] _ids;
    private readonly ConnectionMultiplexer _admin;

    private RedisCluster(RedisServer[] nodes, string[] ids, ConnectionMultiplexer admin) => (_nodes, _ids, _admin) = (nodes, ids, admin);

    /// <summary>As chat servers are given it: addresses, and not a word of what they belong to.</summary>
    public string ConnectionString => string.Join(',', _nodes.Select(node => node.ConnectionString));

    public IReadOnlyList<RedisServer> Nodes => _nodes;

    /// <param name="nodeTimeout">After so long a node that does not answer counts as failed. On a busy machine one may be silent for a while, so not less than a test needs.</param>
    public static async Task<RedisCluster> StartAsync(TimeSpan nodeTimeout)
    {
        RedisProgram.SkipUnlessPresent(RedisFlavour.Redis);
        var nodes = new List<RedisServer>();
        try
        {
            var busPorts = Enumerable.Range(0, 2 * Shards).Select(_ => FreePort.Take()).ToArray();
            nodes.AddRange(await Task.WhenAll(busPorts.Select(bus => RedisServer.StartAsync(RedisFlavour.Redis, new() { Arguments = Arguments(bus, nodeTimeout) }))));
            var ids = await FormAsync(nodes, busPorts);
            var admin = await ConnectionMultiplexer.ConnectAsync($"{string.Join(',', nodes.Select(node => node.ConnectionString))},allowAdmin=true,abortConnect=false");
            return new RedisCluster([.. nodes], ids, admin);
        }
        catch
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>The primary of the shard of a room, or of any other hash tag.</summary>
    public async Task<RedisServer> PrimaryOfAsync(string tag)
    {
        var slot = _admin.HashSlot(tag);
        var shard = (await ClusterShard.ReadAsync(_admin)).Single(shard => shard.Has(slot));
        return _nodes.Single(node => shard.Primary.ToString() == node.ConnectionString);
    }

    /// <summary>The nodes that have slots.</summary>
    public async Task<RedisServer[]> PrimariesAsync()
    {
        var shards = await ClusterShard.ReadAsync(_admin);
        return [.. _nodes.Where(node => shards.Any(shard => shard.Primary.ToString() == node.ConnectionString))];
    }

    /// <summary>The keys, or the channels with subscribers, that one node has.</summary>
    public async Task<string[]> ListAsync(RedisServer node, params string[] command) => (string[])(await ExecuteAsync(node, command))!;

    /// <summary>Moves the slots of rooms to the next shard while they are in use, key by key, as <c>redis-cli --cluster reshard</c> does.</summary>
    /// <param name="tags">The rooms, or other hash tags.</param>
    /// <param name="beforeHandOver">Called when all keys of a slot are at their new place and it is not yet the slot's owner.</param>
    public async Task MoveAsync(IEnumerable<string> tags, Func<Task>? beforeHandOver = null)
    {
        var primaries = await PrimariesAsync();
        foreach (var slot in tags.Select(tag => _admin.HashSlot(tag)).Distinct())
        {
            var owner = (await ClusterShard.ReadAsync(_admin)).Single(shard => shard.Has(slot)).Primary.ToString();
            var from = Array.FindIndex(primaries, node => node.ConnectionString == owner);
            await MoveAsync(slot, primaries[from], primaries[(from + 1) % primaries.Length], primaries, beforeHandOver);
        }
    }

    /// <summary>Starts whichever node a test has killed, and returns once each primary has a replica that follows.</summary>
    public async Task MendAsync()
    {
        foreach (var node in _nodes)
            await node.EnsureRunningAsync();
        await IsWellAsync(_nodes);
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.CloseAsync(allowCommandsToComplete: false);
        await _admin.DisposeAsync();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    private static string[] Arguments(int busPort, TimeSpan nodeTimeout) =>
    [
        "--cluster-enabled", "yes", "--cluster-port", $"{busPort}", "--cluster-node-timeout", nodeTimeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        "--cluster-require-full-coverage", "no", "--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay", "0",
    ];

    private static async Task<string[]> FormAsync(IReadOnlyList<RedisServer> nodes, int[] busPorts)
    {
        var ids = await Task.WhenAll(nodes.Select(node => node.TextAsync("CLUSTER", "MYID")));
        for (var number = 0; number < nodes.Count; number++)
        {
            await CommandAsync(nodes[number], "CLUSTER", "SET-CONFIG-EPOCH", $"{number + 1}");
            if (number < Shards)
                await CommandAsync(nodes[number], "CLUSTER", "ADDSLOTSRANGE", $"{Slots * number / Shards}", $"{(Slots * (number + 1) / Shards) - 1}");
            await CommandAsync(nodes[number], "CLUSTER", "MEET", "127.0.0.1", $"{nodes[0].Port}", $"{busPorts[0]}");
        }

        await Eventually.Is("all nodes know one another", async () =>
            (await Task.WhenAll(nodes.Select(node => node.TextAsync("CLUSTER", "NODES")))).All(text => ids.All(text.Contains)), TimeSpan.FromSeconds(60));
        for (var number = Shards; number < nodes.Count; number++)
            await CommandAsync(nodes[number], "CLUSTER", "REPLICATE", ids[number - Shards]);

        await IsWellAsync(nodes);
        return ids;
    }

    private static Task IsWellAsync(IReadOnlyList<RedisServer> nodes) => Eventually.Is(
        "every primary of the cluster has its replica",
        async () =>
        {
            var infos = await Task.WhenAll(nodes.Select(async node => (
                State: await node.TextAsync("CLUSTER", "INFO"), Role: await node.InfoAsync("replication", "role"), Link: await node.InfoAsync("replication", "master_link_status"))));
            return infos.All(info => info.State.Contains("cluster_state:ok", StringComparison.Ordinal)) && infos.Count(info => info is { Role: "slave", Link: "up" }) == nodes.Count - Shards;
        },
        TimeSpan.FromSeconds(60));

    private async Task MoveAsync(int slot, RedisServer from, RedisServer to, IEnumerable<RedisServer> primaries, Func<Task>? beforeHandOver)
    {
        await ExecuteAsync(to, "CLUSTER", "SETSLOT", $"{slot}", "IMPORTING", IdOf(from));
        await ExecuteAsync(from, "CLUSTER", "SETSLOT", $"{slot}", "MIGRATING", IdOf(to));
        while (await ListAsync(from, "CLUSTER", "GETKEYSINSLOT", $"{slot}", "1") is [var key])
            await ExecuteAsync(from, "MIGRATE", "127.0.0.1", $"{to.Port}", key, "0", "5000");

        if (beforeHandOver is not null)
            await beforeHandOver();

        // The new owner first: else nobody would own it for a moment.
        foreach (var node in primaries.OrderBy(node => node == to ? 0 : node == from ? 1 : 2))
            await ExecuteAsync(node, "CLUSTER", "SETSLOT", $"{slot}", "NODE", IdOf(to));
    }

    private string IdOf(RedisServer node) => _ids[Array.IndexOf(_nodes, node)];

    private Task<RedisResult> ExecuteAsync(RedisServer node, params string[] command) =>
        _admin.GetServer(node.ConnectionString).ExecuteAsync(command[0], command[1..]);

    private static async Task CommandAsync(RedisServer node, params string[] command) => Assert.Equal("+OK", await node.CommandAsync(command));
}
