using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>Three instances before a Redis Cluster; they know addresses of its nodes, and nothing else of it.</summary>
public sealed class ClusterApp : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-the-tests";

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("cluster-");
    private Unit[] _instances = [];
    private RedisCluster? _redis;

    internal RedisCluster Redis => _redis!;

    internal IReadOnlyList<Unit> Instances => _instances;

    /// <summary>All of it, well; skips the test where there is no <c>redis-server</c>.</summary>
    internal async Task<ClusterApp> GetAsync()
    {
        RedisProgram.SkipUnlessPresent(RedisFlavour.Redis);
        _redis ??= await RedisCluster.StartAsync(nodeTimeout: TimeSpan.FromSeconds(2));
        await _redis.MendAsync();
        if (_instances.Length == 0)
            _instances = [.. Enumerable.Range(1, 3).Select(number => New($"chat-{number}"))];

        await Task.WhenAll(_instances.Select(StartAsync));
        return this;
    }

    /// <summary>Ends an instance in good order, and has another take its place.</summary>
    internal static async Task ReplaceAsync(Unit instance)
    {
        await instance.TerminateAsync(TestContext.Current.CancellationToken);
        await StartAsync(instance);
    }

    /// <param name="rooms">Two clients for each, on different instances.</param>
    /// <param name="sendsPerSecond">By all of them together.</param>
    internal Task<Audit> AuditAsync(int rooms, double sendsPerSecond)
    {
        Assert.True(rooms % _instances.Length != 0, "Else both of a room would be on one instance.");
        return Audit.StartAsync(
            new AuditOptions
            {
                Targets = [.. _instances.Select(instance => instance.Address)],
                Clients = 2 * rooms,
                Rooms = rooms,
                SendsPerSecond = sendsPerSecond,
                AckLimit = FaultRun.Bound(10),
                SettleTimeout = FaultRun.Bound(10),
            },
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    private static async Task StartAsync(Unit instance)
    {
        await instance.StartAsync(TestContext.Current.CancellationToken);
        await instance.WaitUntilAsync(ready: true, TestContext.Current.CancellationToken);
    }

    private Unit New(string name) => new(name, "AspireChat.ChatServer", Path.Combine(_logs.FullName, $"{name}.log"), new Dictionary<string, string>
    {
        ["ConnectionStrings__redis"] = Redis.ConnectionString,
        ["Chat__Instance"] = name,
        ["Chat__AdminKey"] = AdminKey,
        ["Chat__Limits__SendsPerSecond"] = "0",
        ["Chat__Limits__ConnectionsPerAddress"] = "0",
        ["Chat__Drain__Seconds"] = "4",
        // Clients that came back would be moved again, and the test be longer.
        ["Chat__Rebalancing__Enabled"] = "false",
    });
}
