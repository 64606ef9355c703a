using HdrHistogram;

namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>Durations in milliseconds.</summary>
internal sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max)
{
    public static Percentiles Of(HistogramBase histogram) => histogram.TotalCount == 0
        ? new Percentiles(0, 0, 0, 0, 0, 0)
        : new Percentiles(histogram.TotalCount, At(histogram, 50), At(histogram, 90), At(histogram, 99), At(histogram, 99.9), histogram.GetMaxValue() / 1e3);

    /// <summary>The whole curve, for a chart: four points for each time that what is left above them halves.</summary>
    public static IReadOnlyList<CurvePoint> CurveOf(HistogramBase histogram)
    {
        if (histogram.TotalCount == 0)
            return [];

        var points = new List<CurvePoint>();
        for (var left = 1.0; left * histogram.TotalCount >= 0.5; left /= Math.Pow(2, 0.25))
            points.Add(new CurvePoint(left, At(histogram, 100 * (1 - left))));

        return points;
    }

    private static double At(HistogramBase histogram, double percentile) => histogram.GetValueAtPercentile(percentile) / 1e3;
}

/// <summary>A share of deliveries took longer than so many milliseconds.</summary>
internal readonly record struct CurvePoint(double Share, double Milliseconds);
