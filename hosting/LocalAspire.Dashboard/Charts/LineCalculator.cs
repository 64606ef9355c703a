using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Metrics;

namespace LocalAspire.Dashboard.Charts;

/// <summary>Reckons the values of lines from the series that belong to them.</summary>
internal static class LineCalculator
{
    /// <summary>How long a value holds that is not reported again: longer, and the process is taken for gone.</summary>
    private static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(90);

    /// <summary>A percentile of a single second says little: at least this much of the past goes into each.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(5);

    /// <summary>Gauges and amounts: the sum of what each series stood at.</summary>
    public static double?[] Values(IReadOnlyList<SeriesSnapshot> series, Timestamp[] times) =>
        Sum(series, times, static (reader, time) => reader.LastAt(time) is { } point && time.Since(point.Time) <= HoldsFor.Ticks * 100 ? point.Value : null);

    /// <summary>Counters: how much was added per second.</summary>
    public static double?[] Rates(IReadOnlyList<SeriesSnapshot> series, Timestamp[] times, TimeSpan step) =>
        Sum(series, times, (reader, time) => reader.TotalAt(time.Add(-step)) is { } before && reader.TotalAt(time) is { } after ? Math.Max(0, after - before) / step.TotalSeconds : null);

    /// <summary>Histograms: for each share, the value that it does not exceed; null where nothing was measured.</summary>
    public static double?[][] Percentiles(IReadOnlyList<SeriesSnapshot> series, Timestamp[] times, TimeSpan step, IReadOnlyList<double> shares)
    {
        var span = step > ShortestSpan ? step : ShortestSpan;
        var readers = series.Select(one => (Now: new SeriesReader(one), Then: new SeriesReader(one), First: one.Points.FirstOrDefault())).ToList();
        var lines = shares.Select(_ => new double?[times.Length]).ToArray();
        for (var i = 0; i < times.Length; i++)
        {
            Distribution? together = null;
            foreach (var (now, then, first) in readers)
            {
                if (now.LastAt(times[i]) is not { Distribution: { } distribution }) continue;

                // What was measured before the series was first heard of belongs to no moment of the chart.
                var earlier = (then.LastAt(times[i].Add(-span)) ?? first).Distribution;
                var fresh = earlier is null ? distribution : distribution.Since(earlier);
                if (fresh.Count > 0) together = together is null ? fresh : together.Add(fresh);
            }

            for (var line = 0; line < lines.Length; line++) lines[line][i] = Shown(together?.Percentile(shares[line]));
        }

        return lines;
    }

    private static double?[] Sum(IReadOnlyList<SeriesSnapshot> series, Timestamp[] times, Func<SeriesReader, Timestamp, double?> at)
    {
        var sums = new double?[times.Length];
        foreach (var reader in series.Select(one => new SeriesReader(one)))
            for (var i = 0; i < times.Length; i++)
                if (at(reader, times[i]) is { } value) sums[i] = (sums[i] ?? 0) + value;

        return [.. sums.Select(Shown)];
    }

    /// <summary>What was sent is finite; what is reckoned from it need not be, and a browser can be told finite values only.</summary>
    private static double? Shown(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
