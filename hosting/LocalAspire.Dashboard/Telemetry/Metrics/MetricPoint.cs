namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>
/// What a series stood at, at one time. A gauge's value is the value itself; the others are totals since the series was first
/// heard of, whatever the sender's temporality and restarts: so what happened between two points is their difference, and
/// points between them can be dropped without a loss.
/// </summary>
/// <param name="Time">When it was measured.</param>
/// <param name="Value">The value or total; of a histogram, the number of measurements.</param>
/// <param name="Distribution">Of a histogram, the measurements.</param>
public readonly record struct MetricPoint(Timestamp Time, double Value, Distribution? Distribution = null)
{
    // Its place in a list that is half full at worst.
    private const int WeightOfOne = 48;

    /// <summary>Roughly what the point costs in memory.</summary>
    public int Weight => WeightOfOne + (Distribution?.Weight ?? 0);
}
