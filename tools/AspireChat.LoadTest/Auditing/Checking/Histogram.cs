namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>Durations in microseconds, counted in buckets 4% wide: constant memory for any number of them.</summary>
internal sealed class Histogram
{
    private const int BucketsPerOctave = 16;

    private readonly long[] _buckets = new long[BucketsPerOctave * 48];

    public long Count { get; private set; }

    public long Maximum { get; private set; }

    public void Add(long microseconds)
    {
        var value = Math.Max(microseconds, 1);
        _buckets[Math.Min((int)(Math.Log2(value) * BucketsPerOctave), _buckets.Length - 1)]++;
        Count++;
        Maximum = Math.Max(Maximum, value);
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _buckets.Length; i++)
            _buckets[i] += other._buckets[i];

        Count += other.Count;
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    /// <summary>The value that the fraction <paramref name="share"/> of all does not exceed, rounded up to its bucket; 0 when there is none.</summary>
    public long Percentile(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        for (var i = 0; i < _buckets.Length; i++)
        {
            left -= _buckets[i];
            if (left <= 0 && Count > 0)
                return Math.Min((long)Math.Pow(2, (i + 1d) / BucketsPerOctave), Maximum);
        }

        return Maximum;
    }
}
