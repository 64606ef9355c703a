namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>How measurements spread. Immutable: adding and subtracting make new ones.</summary>
public abstract class Distribution
{
    public required double Count { get; init; }

    public required double Sum { get; init; }

    /// <summary>Roughly what it costs in memory.</summary>
    public abstract int Weight { get; }

    /// <summary>Both together. Where the two cannot be brought together, because the sender changed its buckets, the other alone.</summary>
    public abstract Distribution Add(Distribution other);

    /// <summary>What came since <paramref name="earlier"/>; all, where the two cannot be brought together.</summary>
    public abstract Distribution Since(Distribution earlier);

    /// <summary>From the lowest to the highest, without overlap.</summary>
    public abstract IEnumerable<HistogramBucket> Buckets();

    /// <summary>
    /// The value that a share of the measurements does not exceed, taken as spread evenly within its bucket. Null where there
    /// are none. Of the bucket without an upper end only its lower end is known, and the reverse.
    /// </summary>
    /// <param name="share">From 0 to 1: 0.99 for the 99th percentile.</param>
    public double? Percentile(double share)
    {
        if (Count <= 0) return null;

        var rank = share * Count;
        var below = 0d;
        double? reached = null;
        foreach (var bucket in Buckets())
        {
            if (bucket.Count <= 0) continue;
            reached = double.IsInfinity(bucket.Upper) ? bucket.Lower
                : double.IsInfinity(bucket.Lower) ? Math.Min(0, bucket.Upper)
                : bucket.Upper;
            if (below + bucket.Count >= rank)
            {
                return double.IsInfinity(bucket.Upper) || double.IsInfinity(bucket.Lower)
                    ? reached
                    : bucket.Lower + (bucket.Upper - bucket.Lower) * Math.Clamp((rank - below) / bucket.Count, 0, 1);
            }

            below += bucket.Count;
        }

        return reached;
    }
}
