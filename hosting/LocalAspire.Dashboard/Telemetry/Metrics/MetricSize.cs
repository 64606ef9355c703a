namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>How much is kept: points, and roughly the bytes that they and all that belongs to them cost in memory.</summary>
public readonly record struct MetricSize(int Points, long Bytes)
{
    /// <summary>True where there is more than <paramref name="other"/> of either.</summary>
    public bool Exceeds(MetricSize other) => Points > other.Points || Bytes > other.Bytes;

    public static MetricSize operator +(MetricSize left, MetricSize right) => new(left.Points + right.Points, left.Bytes + right.Bytes);

    public static MetricSize operator -(MetricSize left, MetricSize right) => new(left.Points - right.Points, left.Bytes - right.Bytes);
}
