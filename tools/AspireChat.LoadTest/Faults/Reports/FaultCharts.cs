using AspireChat.LoadTest.Faults.Measuring;
using AspireChat.LoadTest.Load.Reports.Charts;

namespace AspireChat.LoadTest.Faults.Reports;

/// <summary>The charts of a run: over time, with the faults as stretches of it.</summary>
internal static class FaultCharts
{
    private const double WholePage = 1160;

    /// <summary>More points than that, nobody sees.</summary>
    private const int MostPoints = 600;

    /// <summary>When all is well the three lines are one.</summary>
    public static LineChart Flow(FaultReport report)
    {
        var points = Thin(report.Timeline, chunk => new RunPoint(
            chunk[0].At, chunk.Average(point => point.Sent), chunk.Average(point => point.Acknowledged), chunk.Average(point => point.Delivered)));
        var clients = Math.Max(1, report.Verdict?.Clients ?? 1);
        return Over(
            report,
            "Messages a second",
            value => Labels.Count(value),
            points.Select(point => Math.Max(point.Sent, Math.Max(point.Acknowledged, point.Delivered / clients))),
            [
                new Series("sent", [.. points.Select(point => (point.At, (double?)point.Sent))]),
                new Series("acknowledged", [.. points.Select(point => (point.At, (double?)point.Acknowledged))]),
                new Series("delivered, to each client", [.. points.Select(point => (point.At, (double?)(point.Delivered / clients)))]),
            ]);
    }

    public static LineChart Memory(FaultReport report) => Over(
        report,
        "Memory",
        value => $"{Labels.Count(value)} MB",
        report.Memory.SelectMany(process => process.Points).Select(point => point.Megabytes),
        [.. report.Memory.GroupBy(process => process.Name).OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => new Series(name.Key, [.. name.SelectMany(LineOf)]))]);

    /// <summary>A process that was started again is another line.</summary>
    private static IEnumerable<(double, double?)> LineOf(ProcessMemory process) =>
        Thin(process.Points, chunk => new MemoryPoint(chunk[0].At, chunk.Average(point => point.Megabytes)))
            .Select(point => (point.At, (double?)point.Megabytes)).Append((process.Points[^1].At, null));

    private static LineChart Over(FaultReport report, string title, Func<double, string> label, IEnumerable<double> values, IReadOnlyList<Series> series)
    {
        var end = Math.Max(report.Seconds, 1);
        // Long runs are read in minutes.
        var (unit, name) = end < 180 ? (1, "s") : (60, "min");
        return new LineChart
        {
            Title = title,
            Width = WholePage,
            Across = Scale.Fixed(0, end, [.. Scale.FromZero(end / unit).Ticks.Select(tick => tick * unit).Where(tick => tick <= end)]),
            AcrossLabel = x => FormattableString.Invariant($"{x / unit:0.#} {name}"),
            Up = Scale.FromZero(values.DefaultIfEmpty().Max()),
            UpLabel = label,
            Bands = [.. report.Faults.Select(fault => new Band(FormattableString.Invariant($"{fault.Number}"), fault.Began, fault.Well, Mark: true))],
            Series = series,
        };
    }

    private static T[] Thin<T>(IReadOnlyList<T> points, Func<T[], T> merge) =>
        points.Count <= MostPoints ? [.. points] : [.. points.Chunk((points.Count / MostPoints) + 1).Select(merge)];
}
