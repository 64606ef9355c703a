using System.Globalization;
using System.Text;
using AspireChat.LoadTest.Load.Reports.Charts;

namespace AspireChat.LoadTest.Load.Reports.Html;

/// <summary>The few figures that a report comes down to.</summary>
internal static class HeadFigures
{
    public static void AddTo(StringBuilder page, LoadReport report)
    {
        page.Append("<section class=\"figures\">\n");
        var held = report.Steps.Where(step => step.Held && !step.IsCheck).MaxBy(step => step.Rate);
        if (report.SustainedRate is { } rate)
            Add(page, $"{Labels.Count(rate)} <small>msg/s</small>", "sustained");

        if (report.Steps.Count > 0 && report.Steps.Max(step => step.DeliveriesPerSecond) is > 0 and var most)
            Add(page, $"{Labels.Count(most)} <small>/s</small>", "deliveries, at most");

        if (held is { Latency.Count: > 0 })
            Add(page, Unit(Labels.Milliseconds(held.Latency.P99)), "p99 latency, sustained");

        if (report.Steps.Any(step => step.Dropped > 0))
            Add(page, Unit(Labels.Milliseconds(report.Steps.Max(step => step.Return.Max))), "until the last was back");

        Add(page, Labels.Count(report.Steps.Select(step => step.Receivers).DefaultIfEmpty().Max()), "receivers");
        Bad(page, report.Steps.Sum(step => step.Lost), "lost");
        Bad(page, report.Steps.Sum(step => step.Repeated), "repeated");
        Bad(page, report.Steps.Sum(step => step.OutOfOrder), "out of order");
        page.Append("</section>\n");
    }

    private static string Unit(string figure) => figure.Split(' ') is [var number, var unit] ? $"{number} <small>{unit}</small>" : figure;

    private static void Bad(StringBuilder page, long count, string what) => Add(page, Labels.Count(count), what, count > 0);

    private static void Add(StringBuilder page, string figure, string what, bool isBad = false) =>
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"figure{(isBad ? " figure--bad" : "")}\"><b>{figure}</b><span>{what}</span></div>\n");
}
