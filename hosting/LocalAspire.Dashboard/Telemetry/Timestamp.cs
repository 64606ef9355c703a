namespace LocalAspire.Dashboard.Telemetry;

/// <summary>An instant in nanoseconds since 1970, as OTLP sends it, held within what a <see cref="DateTimeOffset"/> can show.</summary>
public readonly record struct Timestamp(long UnixNanoseconds) : IComparable<Timestamp>
{
    private const long NanosecondsPerTick = 100;

    public bool IsUnknown => UnixNanoseconds == 0;

    /// <summary>Whatever a sender says: a value past the year 2262 is held there.</summary>
    public static Timestamp FromWire(ulong unixNanoseconds) => new((long)Math.Min(unixNanoseconds, long.MaxValue));

    public static Timestamp From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick);

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(UnixNanoseconds / NanosecondsPerTick);

    public double Seconds => UnixNanoseconds / 1e9;

    public Timestamp Add(TimeSpan time) => new(UnixNanoseconds + time.Ticks * NanosecondsPerTick);

    /// <summary>The time from <paramref name="earlier"/> until this, in nanoseconds; negative where the clocks disagree.</summary>
    public long Since(Timestamp earlier) => UnixNanoseconds - earlier.UnixNanoseconds;

    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    public static bool operator <(Timestamp left, Timestamp right) => left.UnixNanoseconds < right.UnixNanoseconds;
    public static bool operator >(Timestamp left, Timestamp right) => left.UnixNanoseconds > right.UnixNanoseconds;
    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixNanoseconds <= right.UnixNanoseconds;
    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixNanoseconds >= right.UnixNanoseconds;
}
