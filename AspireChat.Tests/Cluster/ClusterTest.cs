using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.Redis;
using Microsoft.AspNetCore.Builder;
using StackExchange.Redis;

namespace AspireChat.Tests.Cluster;

/// <summary>
/// A test of several instances on one Redis. Tests that do it no harm share a server, each under a prefix of its own; the others start one.
/// Whatever a test starts ends with it.
/// </summary>
public abstract class ClusterTest(SharedGarnet garnet, SharedRedisServer redisServer)
    : IClassFixture<SharedGarnet>, IClassFixture<SharedRedisServer>, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _ending = [];

    private protected SignalHub Hub { get; } = new();

    /// <summary>Starts every key and channel of the test's instances.</summary>
    private protected string Prefix { get; } = $"{Guid.NewGuid():n}:";

    /// <summary>The names of the keys and channels of the test's instances.</summary>
    private protected RedisKeys Keys => new(Prefix);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The connection string of the server that the tests of the class share.</summary>
    private protected Task<string> SharedRedisAsync(RedisFlavour flavour) =>
        (flavour == RedisFlavour.Garnet ? garnet : (SharedRedis)redisServer).ConnectionStringAsync();

    /// <summary>A server to be paused, killed and restarted.</summary>
    private protected async Task<RedisServer> StartRedisAsync(RedisFlavour flavour, RedisServerOptions? options = null)
    {
        var server = await RedisServer.StartAsync(flavour, options);
        _ending.Add(server);
        return server;
    }

    /// <param name="name">The instance's name.</param>
    /// <param name="redis">The connection string; null: the instance is alone.</param>
    /// <param name="settings">Configuration besides <see cref="TestInstance"/>'s own.</param>
    private protected Task<TestInstance> StartAsync(string name, string? redis, params (string Key, string? Value)[] settings) =>
        StartAsync(name, redis, configure: null, map: null, settings);

    private protected async Task<TestInstance> StartAsync(
        string name,
        string? redis,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        params (string Key, string? Value)[] settings)
    {
        var instance = await TestInstance.StartAsync(name, Hub, [("ConnectionStrings:redis", redis), ("Chat:Prefix", Prefix), .. settings], configure, map);
        _ending.Add(instance);
        return instance;
    }

    private protected async Task<IDatabase> ConnectAsync(string redis)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        _ending.Add(connection);
        return connection.GetDatabase();
    }

    /// <summary>The names of all keys of the test's instances, without the prefix.</summary>
    private protected async Task<string[]> KeysAsync(IDatabase database)
    {
        var keys = new List<string>();
        await foreach (var key in database.Multiplexer.GetServers().Single().KeysAsync(pattern: Prefix + "*"))
        {
            keys.Add(((string)key!)[Prefix.Length..]);
        }

        return [.. keys];
    }

    /// <summary>Takes everything away that the test's instances have in Redis, as a flush or a restart without data does.</summary>
    private protected async Task LoseDataAsync(IDatabase database) =>
        await database.KeyDeleteAsync([.. (await KeysAsync(database)).Select(key => (RedisKey)(Prefix + key))]);

    public async ValueTask DisposeAsync()
    {
        // Instances before their Redis: an orderly end talks to it.
        foreach (var ending in Enumerable.Reverse(_ending))
            await ending.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
