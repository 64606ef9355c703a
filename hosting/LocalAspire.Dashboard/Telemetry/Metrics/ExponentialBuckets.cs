namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>
/// Counts of buckets whose bounds grow by the factor 2^(2^−scale): bucket i holds what is above base^i and not above
/// base^(i+1). Lowering the scale by one joins each two neighbours, so any two can be brought to a common scale.
/// </summary>
public sealed record ExponentialBuckets(int Offset, ulong[] Counts)
{
    public static readonly ExponentialBuckets None = new(0, []);

    /// <summary>The same at a scale lower by <paramref name="steps"/>.</summary>
    public ExponentialBuckets Coarsen(int steps)
    {
        if (steps == 0 || Counts.Length == 0) return this;

        var first = Offset >> steps;
        var counts = new ulong[((Offset + Counts.Length - 1) >> steps) - first + 1];
        for (var i = 0; i < Counts.Length; i++) counts[((Offset + i) >> steps) - first] += Counts[i];
        return new ExponentialBuckets(first, counts);
    }

    /// <summary>Each bucket of both, combined. Both must be of one scale.</summary>
    public ExponentialBuckets Combine(ExponentialBuckets other, Func<ulong, ulong, ulong> combine)
    {
        if (other.Counts.Length == 0) return this;
        if (Counts.Length == 0) return other with { Counts = [.. other.Counts.Select(theirs => combine(0, theirs))] };

        var first = Math.Min(Offset, other.Offset);
        var counts = new ulong[Math.Max(Offset + Counts.Length, other.Offset + other.Counts.Length) - first];
        for (var i = 0; i < counts.Length; i++) counts[i] = combine(At(first + i), other.At(first + i));
        return new ExponentialBuckets(first, counts);
    }

    private ulong At(int index) => index >= Offset && index - Offset < Counts.Length ? Counts[index - Offset] : 0;
}
