using BenchmarkDotNet.Attributes;

namespace AspireChat.Benchmarks;

/// <summary>From the publication of a message to the write to the last of a room's members, in one instance and without sockets.</summary>
public class FanOutBenchmarks
{
    private const int BurstSize = 16;

    private readonly ByteCount _count = new();
    private BenchmarkServer _server = null!;
    private long _frame;

    [Params(10, 100, 1000)]
    public int Members { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = await BenchmarkServer.StartAsync(redis: null);
        await _server.JoinAsync(Members, _count);
        _frame = await FrameLengthAsync();
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _server.DisposeAsync();

    [Benchmark]
    public async Task OneMessage()
    {
        var written = _count.Expect(_frame * Members);
        await _server.PublishAsync();
        await written;
    }

    /// <summary>Messages that come faster than they are written, and so gather.</summary>
    [Benchmark(OperationsPerInvoke = BurstSize)]
    public async Task Burst()
    {
        var written = _count.Expect(_frame * Members * BurstSize);
        for (var i = 0; i < BurstSize; i++)
            await _server.PublishAsync();

        await written;
    }

    /// <summary>All of the benchmark's messages are of one length: that of one, as every member gets it.</summary>
    private async Task<long> FrameLengthAsync()
    {
        const long More = 1L << 40;
        _ = _count.Expect(More);
        await _server.PublishAsync();
        var (before, now) = (-1L, 0L);
        while (before != now || now == 0)
        {
            await Task.Delay(100);
            (before, now) = (now, More - _count.Left);
        }

        return now / Members;
    }
}
