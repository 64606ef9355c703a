namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>A histogram whose buckets grow exponentially, with OTLP's parameters.</summary>
public sealed class ExponentialDistribution : Distribution
{
    /// <summary>Scales that make sense: 20 halves a bucket 2^20 times between powers of two; at −10 one bucket holds everything.</summary>
    public const int MinScale = -10, MaxScale = 20;

    /// <summary>Indices past this lie beyond what a double can hold at any scale allowed.</summary>
    public const int MaxIndex = 1100 << MaxScale;

    // Past this two are joined at a coarser scale: their buckets may lie as far apart as a double reaches.
    private const int MaxJoinedBuckets = 1024;
    private const int WeightOfNone = 190;

    public required int Scale { get; init; }
    public required double ZeroCount { get; init; }
    public double ZeroThreshold { get; init; }
    public required ExponentialBuckets Positive { get; init; }
    public required ExponentialBuckets Negative { get; init; }

    public override int Weight => WeightOfNone + sizeof(ulong) * (Positive.Counts.Length + Negative.Counts.Length);

    public override Distribution Add(Distribution other) => other is ExponentialDistribution theirs
        ? Combine(theirs, static (mine, more) => mine + more, +1)
        : other;

    public override Distribution Since(Distribution earlier) => earlier is ExponentialDistribution theirs
        ? Combine(theirs, static (mine, less) => mine - Math.Min(mine, less), -1)
        : this;

    public override IEnumerable<HistogramBucket> Buckets()
    {
        var growth = Math.ScaleB(1, -Scale);
        for (var i = Negative.Counts.Length - 1; i >= 0; i--)
            yield return new HistogramBucket(-Bound(Negative.Offset + i + 1), -Bound(Negative.Offset + i), Negative.Counts[i]);

        yield return new HistogramBucket(Negative.Counts.Length > 0 ? -ZeroThreshold : 0, ZeroThreshold, ZeroCount);
        for (var i = 0; i < Positive.Counts.Length; i++)
            yield return new HistogramBucket(Bound(Positive.Offset + i), Bound(Positive.Offset + i + 1), Positive.Counts[i]);

        double Bound(int index) => Math.Pow(2, index * growth);
    }

    private ExponentialDistribution Combine(ExponentialDistribution other, Func<ulong, ulong, ulong> counts, int sign)
    {
        var scale = Math.Min(Scale, other.Scale);
        while (JoinedBuckets(Positive, other.Positive) > MaxJoinedBuckets || JoinedBuckets(Negative, other.Negative) > MaxJoinedBuckets) scale--;

        return new ExponentialDistribution
        {
            Scale = scale,
            Count = Math.Max(0, Count + sign * other.Count),
            Sum = Sum + sign * other.Sum,
            ZeroCount = Math.Max(0, ZeroCount + sign * other.ZeroCount),
            ZeroThreshold = Math.Max(ZeroThreshold, other.ZeroThreshold),
            Positive = Positive.Coarsen(Scale - scale).Combine(other.Positive.Coarsen(other.Scale - scale), counts),
            Negative = Negative.Coarsen(Scale - scale).Combine(other.Negative.Coarsen(other.Scale - scale), counts),
        };

        long JoinedBuckets(ExponentialBuckets mine, ExponentialBuckets theirs) => mine.CountJoined(theirs, Scale - scale, other.Scale - scale);
    }
}
