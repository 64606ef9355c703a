using System.Collections.Concurrent;
using HdrHistogram;

namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>All that is measured of the step that runs.</summary>
/// <remarks>Thread-safe, but for <see cref="Gather"/>, <see cref="Tick"/> and <see cref="Restart"/>, which belong to whoever runs the step.</remarks>
internal sealed class Meter
{
    private readonly Shard[] _shards = [.. Enumerable.Range(0, Environment.ProcessorCount * 2).Select(_ => new Shard())];
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Enum.GetValues<Count>().Length];
    private readonly LongHistogram _interval = Latencies.NewHistogram();
    private LongHistogram _latency = Latencies.NewHistogram();
    private LongHistogram _acknowledgement = Latencies.NewHistogram();
    private LongHistogram _return = Latencies.NewHistogram();

    /// <summary>Closes by their codes.</summary>
    public ConcurrentDictionary<int, long> Closes { get; } = new();

    /// <summary>Errors by their codes.</summary>
    public ConcurrentDictionary<string, long> Errors { get; } = new();

    /// <summary>The shard for one connection more.</summary>
    public Shard ShardFor(int number) => _shards[number % _shards.Length];

    public long this[Count count] => Volatile.Read(ref _counts[(int)count]);

    public HistogramBase Latency => _latency;

    /// <summary>As it is now: more may come while it is read.</summary>
    public HistogramBase Acknowledgement => CopyOf(ref _acknowledgement);

    /// <summary>From the loss of a connection to its return into the room; for first connections, from the attempt. As it is now.</summary>
    public HistogramBase Return => CopyOf(ref _return);

    public void Close(int code) => Closes.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void Refuse(string code) => Errors.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void AddAcknowledgement(long ticks)
    {
        lock (_gate)
            Latencies.Record(_acknowledgement, ticks);
    }

    public void AddReturn(long ticks)
    {
        lock (_gate)
            Latencies.Record(_return, ticks);
    }

    /// <summary>Gathers what the shards have.</summary>
    public void Gather()
    {
        foreach (var shard in _shards)
            shard.Drain(_counts, _interval);
    }

    /// <summary>Gathers, and tells the latencies since the last time.</summary>
    public Percentiles Tick()
    {
        Gather();
        var interval = Percentiles.Of(_interval);
        if (interval.Count > 0)
            _latency.Add(_interval);

        _interval.Reset();
        return interval;
    }

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        Tick();
        Array.Clear(_counts);
        Closes.Clear();
        Errors.Clear();
        lock (_gate)
            (_latency, _acknowledgement, _return) = (Latencies.NewHistogram(), Latencies.NewHistogram(), Latencies.NewHistogram());
    }

    private HistogramBase CopyOf(ref LongHistogram histogram)
    {
        lock (_gate)
            return histogram.Copy();
    }
}
