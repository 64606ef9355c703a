using System.Globalization;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Reports.Charts;

/// <summary>The charts of a report: each is there when there is something to draw.</summary>
internal static class ReportCharts
{
    /// <summary>A share of 1 in 100,000 takes longer: further out, few runs have anything to show.</summary>
    private const double SmallestShare = 1e-5;

    public static IEnumerable<(string Note, LineChart Chart)> Of(LoadReport report)
    {
        var measured = report.Steps.Where(step => step.Latency.Count > 0).ToArray();
        if (measured.Length > 1)
            yield return ("From the send to the receiver, for each step.", ByStep(measured));

        if (measured.Length > 0)
        {
            yield return ("How long the slowest deliveries took: to the right, the slowest tenth, hundredth, thousandth.", Distribution(measured));
            yield return ("What receivers got in each moment.", OverTime(report, "Deliveries a second", Labels.Count, [("deliveries", point => point.Delivered)]));
            yield return ("Of what came in each moment.", OverTime(report, "Latency over time", Labels.Milliseconds, [("p50", point => point.P50), ("p99", point => point.P99)]));
        }

        if (report.Steps.SelectMany(step => step.Timeline).Select(point => point.Connections).Distinct().Take(2).Count() > 1)
            yield return ("Connections that were at work, publishers too.", OverTime(report, "Connections", Labels.Count, [("connections", point => point.Connections)]));
    }

    private static LineChart ByStep(StepReport[] steps)
    {
        var all = steps.SelectMany(step => (double[])[step.Latency.P50, step.Latency.Max]).ToList();
        return new LineChart
        {
            Title = "Latency by step",
            Across = Scale.Fixed(-0.3, steps.Length - 0.7, [.. Enumerable.Range(0, steps.Length).Select(i => (double)i)]),
            AcrossLabel = x => steps[(int)x].Name,
            Up = Scale.Logarithmic(all.Min(), all.Max()),
            UpLabel = Labels.Milliseconds,
            Series =
            [
                Line("p50", latency => latency.P50),
                Line("p90", latency => latency.P90),
                Line("p99", latency => latency.P99),
                Line("max", latency => latency.Max),
            ],
        };

        Series Line(string name, Func<Percentiles, double> value) =>
            new(name, [.. steps.Select((step, i) => ((double)i, (double?)value(step.Latency)))], Dots: true);
    }

    private static LineChart Distribution(StepReport[] steps)
    {
        var curves = steps.Select(step => (step.Name, Points: step.Curve.Where(point => point.Share >= SmallestShare).ToList())).ToList();
        var all = curves.SelectMany(curve => curve.Points).ToList();
        var decades = Math.Max(1, Math.Ceiling(-Math.Log10(all.Min(point => point.Share))));
        return new LineChart
        {
            Title = "Distribution of latency",
            Across = Scale.Fixed(0, decades, [.. Enumerable.Range(0, (int)decades + 1).Select(i => (double)i)]),
            AcrossLabel = x => string.Create(CultureInfo.InvariantCulture, $"{100 * (1 - Math.Pow(10, -x)):0.#####} %"),
            Up = Scale.Logarithmic(all.Min(point => point.Milliseconds), all.Max(point => point.Milliseconds)),
            UpLabel = Labels.Milliseconds,
            Series = [.. curves.Select(curve => new Series(curve.Name, [.. curve.Points.Select(point => (-Math.Log10(point.Share), (double?)point.Milliseconds))]))],
        };
    }

    private static LineChart OverTime(LoadReport report, string title, Func<double, string> label, (string Name, Func<TimelinePoint, double?> Value)[] lines)
    {
        var bands = report.Steps.Where(step => step.Timeline.Count > 0).Select(step => new Band(step.Name, step.Timeline[0].At, step.Timeline[^1].At)).ToList();
        var (from, to) = (bands.Min(band => band.From), bands.Max(band => band.To));
        // Seconds of the run, as the axis counts them: from its first step.
        var ticks = Scale.FromZero(to - from).Ticks.Where(tick => tick <= to - from).ToList();
        var highest = report.Steps.SelectMany(step => step.Timeline).SelectMany(point => lines.Select(line => line.Value(point) ?? 0)).DefaultIfEmpty().Max();
        return new LineChart
        {
            Title = title,
            Across = Scale.Fixed(from, to, [.. ticks.Select(tick => from + tick)]),
            AcrossLabel = x => Labels.Seconds(x - from),
            Up = Scale.FromZero(highest),
            UpLabel = label,
            Bands = bands,
            Series = [.. lines.Select(line => new Series(line.Name, [.. report.Steps.SelectMany(step => PointsOf(step, line.Value))], Filled: lines.Length == 1))],
        };
    }

    private static IEnumerable<(double X, double? Y)> PointsOf(StepReport step, Func<TimelinePoint, double?> value) =>
        step.Timeline.Select(point => (point.At, value(point))).Append((step.Timeline[^1].At, null));
}
