using AspireChat.Tests.Redis;
using Microsoft.AspNetCore.Builder;
using StackExchange.Redis;

namespace AspireChat.Tests.Cluster;

/// <summary>A test of several instances on one Redis; all end with it.</summary>
public abstract class ClusterTest : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _ending = [];

    private protected SignalHub Hub { get; } = new();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected async Task<RedisServer> StartRedisAsync(RedisFlavour flavour, RedisServerOptions? options = null)
    {
        var server = await RedisServer.StartAsync(flavour, options);
        _ending.Add(server);
        return server;
    }

    private protected Task<TestInstance> StartAsync(string name, RedisServer? redis, params (string Key, string? Value)[] settings) =>
        StartAsync(name, redis, configure: null, map: null, settings);

    private protected async Task<TestInstance> StartAsync(
        string name,
        RedisServer? redis,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        params (string Key, string? Value)[] settings)
    {
        var instance = await TestInstance.StartAsync(name, Hub, redis, settings.ToDictionary(setting => setting.Key, setting => setting.Value), configure, map);
        _ending.Add(instance);
        return instance;
    }

    private protected async Task<IDatabase> ConnectAsync(RedisServer redis)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true");
        _ending.Add(connection);
        return connection.GetDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        // Instances before their Redis: an orderly end talks to it.
        foreach (var ending in Enumerable.Reverse(_ending))
            await ending.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
