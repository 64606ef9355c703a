using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Metrics;

namespace LocalAspire.Dashboard.Charts;

/// <summary>Makes of an instrument's series what a chart shows: counters as rates, histograms as percentiles, one line a group.</summary>
internal static class ChartBuilder
{
    private const int MaxLines = 12;
    private const int MaxExemplars = 60;

    private static readonly double[] Shares = [0.5, 0.9, 0.99];

    public static ChartFrame Build(InstrumentInfo instrument, IReadOnlyList<SeriesSnapshot> series, ChartQuery query, Timestamp now)
    {
        var wanted = series.Where(one => IsWanted(one, query)).ToList();
        var times = Times(query.Window, now);
        var lines = Lines(instrument, wanted, query, times);
        var unit = MetricUnit.Of(instrument.Unit);
        return new ChartFrame(
            [.. times.Select(time => time.Seconds)],
            [.. lines.Take(MaxLines)],
            Exemplars(wanted, times),
            instrument.Kind == InstrumentKind.Counter ? $"{unit}/s" : unit,
            Math.Max(0, lines.Count - MaxLines));
    }

    /// <summary>Multiples of the step, so that a live chart moves on without its lines changing shape.</summary>
    private static Timestamp[] Times(ChartWindow window, Timestamp now)
    {
        var step = window.Step.Ticks * 100;
        var last = now.UnixNanoseconds / step * step;
        var count = (int)(window.Length / window.Step) + 1;
        return [.. Enumerable.Range(0, count).Select(i => new Timestamp(last - (count - 1 - i) * step))];
    }

    private static bool IsWanted(SeriesSnapshot series, ChartQuery query) =>
        query.Dimensions.All(dimension => dimension.Value.Contains(series.Attributes.FindText(dimension.Key) ?? ""));

    private static List<ChartLine> Lines(InstrumentInfo instrument, List<SeriesSnapshot> series, ChartQuery query, Timestamp[] times)
    {
        if (series.Count == 0) return [];
        if (query.SplitBy == ChartQuery.Together)
        {
            return instrument.Kind == InstrumentKind.Histogram
                ? [.. LineCalculator.Percentiles(series, times, query.Window.Step, Shares).Select((values, i) => new ChartLine($"P{100 * Shares[i]:0}", values))]
                : [new ChartLine(instrument.Key.Name, Line(instrument, series, query, times))];
        }

        return
        [
            .. series.GroupBy(one => query.SplitBy == ChartQuery.ByResource ? one.Resource.Name : one.Attributes.FindText(query.SplitBy) ?? "(none)")
                .Select(group => new ChartLine(group.Key, Line(instrument, [.. group], query, times), query.SplitBy == ChartQuery.ByResource ? group.Key : null))
                .OrderByDescending(line => line.Values.Max() ?? double.MinValue)
                .Take(MaxLines * 4)
                .OrderBy(line => line.Label, StringComparer.Ordinal),
        ];
    }

    private static double?[] Line(InstrumentInfo instrument, IReadOnlyList<SeriesSnapshot> series, ChartQuery query, Timestamp[] times) => instrument.Kind switch
    {
        InstrumentKind.Histogram => LineCalculator.Percentiles(series, times, query.Window.Step, [query.Percentile])[0],
        InstrumentKind.Counter => LineCalculator.Rates(series, times, query.Window.Step),
        _ => LineCalculator.Values(series, times),
    };

    /// <summary>Of each short stretch of time the highest: those are the ones that somebody wants to follow.</summary>
    private static List<ChartExemplar> Exemplars(List<SeriesSnapshot> series, Timestamp[] times) =>
    [
        .. series.SelectMany(one => one.Exemplars)
            .Where(exemplar => exemplar.Time >= times[0])
            .GroupBy(exemplar => exemplar.Time.Since(times[0]) / Math.Max(1, times[^1].Since(times[0]) / MaxExemplars))
            .Select(stretch => stretch.MaxBy(exemplar => exemplar.Value)!)
            .Select(exemplar => new ChartExemplar(exemplar.Time.Seconds, exemplar.Value, exemplar.TraceId.ToString(), exemplar.SpanId.ToString())),
    ];
}
