using HdrHistogram;

namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>A part of what is measured, for some of the connections: so that their readers, on as many threads as there are cores, seldom meet.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Shard
{
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Enum.GetValues<Count>().Length];
    private LongHistogram _latency = Latencies.NewHistogram();
    private LongHistogram _spare = Latencies.NewHistogram();

    public void Add(Count count)
    {
        lock (_gate)
            _counts[(int)count]++;
    }

    public void Deliver(long ticks)
    {
        lock (_gate)
        {
            _counts[(int)Count.Delivered]++;
            Latencies.Record(_latency, ticks);
        }
    }

    /// <summary>Adds what was measured since the last time to totals.</summary>
    public void Drain(long[] counts, LongHistogram latency)
    {
        lock (_gate)
        {
            for (var i = 0; i < counts.Length; i++)
                counts[i] += _counts[i];

            Array.Clear(_counts);
            (_latency, _spare) = (_spare, _latency);
        }

        if (_spare.TotalCount == 0)
            return;

        latency.Add(_spare);
        _spare.Reset();
    }
}
