using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Backplane;

/// <summary>One cluster for all tests that do it no harm but to move its slots; started when the first of them asks.</summary>
[CollectionDefinition(nameof(SharedCluster))]
public sealed class SharedCluster : ICollectionFixture<SharedCluster>, IAsyncDisposable
{
    private RedisCluster? _cluster;

    // None of them kills a node: patient enough for a machine on which one may not run for seconds.
    internal async Task<RedisCluster> GetAsync() => _cluster ??= await RedisCluster.StartAsync(nodeTimeout: TimeSpan.FromSeconds(15));

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
