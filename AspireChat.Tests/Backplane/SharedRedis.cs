using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Backplane;

/// <summary>One server of a flavour for all tests of a class that do it no harm; started when the first of them asks.</summary>
public abstract class SharedRedis(RedisFlavour flavour) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private RedisServer? _server;

    public RedisFlavour Flavour { get; } = flavour;

    public async Task<string> ConnectionStringAsync()
    {
        RedisProgram.SkipUnlessPresent(Flavour);
        await _starting.WaitAsync();
        try
        {
            _server ??= await RedisServer.StartAsync(Flavour);
            return _server.ConnectionString;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class SharedGarnet() : SharedRedis(RedisFlavour.Garnet);

public sealed class SharedRedisServer() : SharedRedis(RedisFlavour.Redis);
