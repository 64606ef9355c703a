namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>Durations in milliseconds, each within 4%.</summary>
internal sealed record Percentiles(long Count, double Median, double P99, double Maximum)
{
    public static Percentiles Of(Histogram histogram) =>
        new(histogram.Count, histogram.Percentile(0.5) / 1e3, histogram.Percentile(0.99) / 1e3, histogram.Maximum / 1e3);

    public override string ToString() => Count == 0 ? "none" : $"median {Median:0.0} ms, 99% {P99:0.0} ms, most {Maximum:0.0} ms";
}
