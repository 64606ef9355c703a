using AspireChat.LoadTest.Auditing;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>Three instances before a Redis that Sentinel watches over; they know the sentinels' addresses, and nothing else of it.</summary>
public sealed class SentinelApp : IAsyncDisposable
{
    private readonly List<InstanceProcess> _instances = [];
    private SentinelGroup? _redis;

    internal SentinelGroup Redis => _redis!;

    internal IReadOnlyList<InstanceProcess> Instances => _instances;

    /// <summary>All of it, well; skips the test where there is no <c>redis-server</c>.</summary>
    internal async Task<SentinelApp> GetAsync()
    {
        RedisProgram.SkipUnlessPresent(RedisFlavour.Redis);
        _redis ??= await SentinelGroup.StartAsync();
        await _redis.MendAsync();
        if (_instances.Count == 0)
        {
            _instances.AddRange(await Task.WhenAll(Enumerable.Range(1, 3).Select(number =>
                InstanceProcess.StartAsync($"chat-{number}", _redis.ConnectionString, ("Chat__Limits__SendsPerSecond", "0")))));
        }

        foreach (var instance in _instances)
            await instance.WaitUntilReadyAsync();
        return this;
    }

    internal Task<Audit> AuditAsync() => Audit.StartAsync(
        new AuditOptions
        {
            Targets = [.. _instances.Select(instance => instance.Address)],
            Clients = 9,
            SendsPerSecond = 90,
            AckLimit = FaultRun.Bound(10),
            SettleTimeout = FaultRun.Bound(10),
        },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }
}
