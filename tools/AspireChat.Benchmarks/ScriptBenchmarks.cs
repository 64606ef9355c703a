using BenchmarkDotNet.Attributes;

namespace AspireChat.Benchmarks;

/// <summary>The core write: one run of the script that gives a message its place, stores it and publishes it, against a real Redis.</summary>
public class ScriptBenchmarks
{
    private const int PipelineSize = 64;

    private readonly Task[] _pipeline = new Task[PipelineSize];
    private BenchmarkRedis _redis = null!;
    private BenchmarkServer _server = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _redis = await BenchmarkRedis.StartAsync();
        _server = await BenchmarkServer.StartAsync(_redis.ConnectionString);
        await _server.PublishAsync();
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _server.DisposeAsync();
        await _redis.DisposeAsync();
    }

    /// <summary>One after the other: what a lone sender waits.</summary>
    [Benchmark]
    public Task OneAtATime() => _server.PublishAsync();

    /// <summary>Many senders at once.</summary>
    [Benchmark(OperationsPerInvoke = PipelineSize)]
    public Task Pipelined()
    {
        for (var i = 0; i < PipelineSize; i++)
            _pipeline[i] = _server.PublishAsync();

        return Task.WhenAll(_pipeline);
    }
}
