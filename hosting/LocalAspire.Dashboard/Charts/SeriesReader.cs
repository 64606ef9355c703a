using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Metrics;

namespace LocalAspire.Dashboard.Charts;

/// <summary>Reads one series at any instant. Made for instants in ascending order: it moves forward with them.</summary>
internal sealed class SeriesReader(SeriesSnapshot series)
{
    private int _next;

    /// <summary>The last point at or before <paramref name="time"/>; null where the series begins later.</summary>
    public MetricPoint? LastAt(Timestamp time)
    {
        var points = series.Points;
        if (_next > 0 && points[_next - 1].Time > time) _next = 0;
        while (_next < points.Length && points[_next].Time <= time) _next++;
        return _next > 0 ? points[_next - 1] : null;
    }

    /// <summary>
    /// The total at <paramref name="time"/>, between two points as if it grew evenly: senders report once a second or less, and
    /// a rate must not swing with how their reports fall into the chart's steps. Null outside the series.
    /// </summary>
    public double? TotalAt(Timestamp time)
    {
        if (LastAt(time) is not { } before || _next >= series.Points.Length) return LastAt(time) is { } last && last.Time == time ? last.Value : null;

        var after = series.Points[_next];
        var share = (double)time.Since(before.Time) / after.Time.Since(before.Time);
        return before.Value + (after.Value - before.Value) * share;
    }

    public Timestamp End => series.Points.Length > 0 ? series.Points[^1].Time : default;
}
