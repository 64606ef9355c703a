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

        var first = At(Offset, steps);
        var counts = new ulong[At(End, steps) - first + 1];
        for (var i = 0; i < Counts.Length; i++) counts[At(Offset + i, steps) - first] += Counts[i];
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

    /// <summary>How many buckets there would be between the lowest and the highest of both, each at a scale lower by its steps.</summary>
    public long CountJoined(ExponentialBuckets other, int mySteps, int theirSteps) =>
        Counts.Length == 0 || other.Counts.Length == 0
            ? 0
            : (long)Math.Max(At(End, mySteps), At(other.End, theirSteps)) - Math.Min(At(Offset, mySteps), At(other.Offset, theirSteps)) + 1;

    private int End => Offset + Counts.Length - 1;

    /// <summary>Where a bucket lies at a scale lower by <paramref name="steps"/>. C# takes the number of bits to shift modulo 32.</summary>
    private static int At(int index, int steps) => index >> Math.Min(steps, 31);

    private ulong At(int index) => index >= Offset && index - Offset < Counts.Length ? Counts[index - Offset] : 0;
}
