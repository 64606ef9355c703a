namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>A histogram with given bounds: bucket i holds what is above bound i−1 and not above bound i; the last is open.</summary>
public sealed class ExplicitDistribution : Distribution
{
    private const int WeightOfNone = 100;

    public required double[] Bounds { get; init; }

    /// <summary>One more than there are bounds.</summary>
    public required ulong[] Counts { get; init; }

    public override int Weight => WeightOfNone + sizeof(double) * Bounds.Length + sizeof(ulong) * Counts.Length;

    public override Distribution Add(Distribution other) => Combine(other, static (mine, theirs) => mine + theirs, +1);

    public override Distribution Since(Distribution earlier) =>
        earlier is ExplicitDistribution one && SameBounds(one)
            ? Combine(earlier, static (mine, theirs) => mine - Math.Min(mine, theirs), -1)
            : this;

    public override IEnumerable<HistogramBucket> Buckets()
    {
        for (var i = 0; i < Counts.Length; i++)
        {
            // Latencies and sizes start at 0: without this the first bucket would have no lower end to reckon with.
            var lower = i > 0 ? Bounds[i - 1] : Bounds.Length > 0 && Bounds[0] > 0 ? 0 : double.NegativeInfinity;
            yield return new HistogramBucket(lower, i < Bounds.Length ? Bounds[i] : double.PositiveInfinity, Counts[i]);
        }
    }

    private Distribution Combine(Distribution other, Func<ulong, ulong, ulong> counts, int sign)
    {
        if (other is not ExplicitDistribution theirs || !SameBounds(theirs)) return other;

        var combined = new ulong[Counts.Length];
        for (var i = 0; i < combined.Length; i++) combined[i] = counts(Counts[i], theirs.Counts[i]);
        return new ExplicitDistribution
        {
            Bounds = Bounds,
            Counts = combined,
            Count = Math.Max(0, Count + sign * other.Count),
            Sum = Sum + sign * other.Sum,
        };
    }

    private bool SameBounds(ExplicitDistribution other) =>
        ReferenceEquals(Bounds, other.Bounds) || Bounds.AsSpan().SequenceEqual(other.Bounds);
}
