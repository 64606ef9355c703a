using System.Globalization;
using System.Text;
using AspireChat.LoadTest.Load.Measuring;
using AspireChat.LoadTest.Load.Reports.Charts;

namespace AspireChat.LoadTest.Load.Reports.Html;

/// <summary>All figures of all steps.</summary>
internal static class StepTables
{
    public static void AddTo(StringBuilder page, LoadReport report)
    {
        AddTable(page, "Messages", report.Steps.Where(step => step.Due > 0), ["sent", "acknowledged", "owed", "delivered", "per second", "lost", "repeated", "out of order", "late", "corrupt", "verdict"], step =>
        [
            Count(step.Sent), Count(step.Acknowledged), Count(step.Expected), Count(step.Delivered), Labels.Count(step.DeliveriesPerSecond),
            Bad(step.Lost), Bad(step.Repeated), Bad(step.OutOfOrder), Bad(step.Late), Bad(step.Corrupt),
            step.Held ? "<span class=\"good\">held</span>" : "<span class=\"bad\">not held</span>",
        ]);
        AddTable(page, "Latency", report.Steps.Where(step => step.Latency.Count > 0), ["p50", "p90", "p99", "p99.9", "max", "acknowledged p50", "p99", "max"], step =>
            [.. All(step.Latency), Time(step.Acknowledgement.P50), Time(step.Acknowledgement.P99), Time(step.Acknowledgement.Max)]);
        AddTable(page, "Connections", report.Steps, ["receivers", "rooms", "publishers", "connected p50", "p99", "max", "dropped", "came back", "recovered", "not recovered", "resyncs", "closes", "errors", "this tool"], step =>
        [
            Count(step.Receivers), Count(step.Rooms), Count(step.Publishers),
            .. step.Return.Count == 0 ? [None, None, None] : (string[])[Time(step.Return.P50), Time(step.Return.P99), Time(step.Return.Max)],
            Count(step.Dropped), Count(step.Reconnects), Count(step.Recovered), Bad(step.NotRecovered), Bad(step.Resyncs), By(step.Closes), By(step.Errors),
            string.Create(CultureInfo.InvariantCulture, $"{step.GeneratorCores:0.00} cores"),
        ]);
    }

    private const string None = "<span class=\"none\">–</span>";

    private static void AddTable(StringBuilder page, string title, IEnumerable<StepReport> steps, string[] headings, Func<StepReport, string[]> cells)
    {
        var rows = steps.Select(step => (step.Name, Cells: cells(step))).ToList();
        // Columns that say nothing of any step only make it hard to find those that do.
        int[] columns = [.. Enumerable.Range(0, headings.Length).Where(column => rows.Any(row => row.Cells[column] != None))];
        if (rows.Count == 0)
            return;

        page.Append(CultureInfo.InvariantCulture, $"<section class=\"card card--wide\"><h2>{title}</h2><table>\n<thead><tr><th>step</th>{string.Concat(columns.Select(column => $"<th>{headings[column]}</th>"))}</tr></thead>\n<tbody>\n");
        foreach (var (name, row) in rows)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{HtmlPage.Escape(name)}</td>{string.Concat(columns.Select(column => $"<td>{row[column]}</td>"))}</tr>\n");

        page.Append("</tbody></table></section>\n");
    }

    private static string[] All(Percentiles latency) => [Time(latency.P50), Time(latency.P90), Time(latency.P99), Time(latency.P999), Time(latency.Max)];

    private static string Time(double milliseconds) => Labels.Milliseconds(milliseconds);

    private static string Count(long value) => value == 0 ? None : value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Bad(long value) => value == 0 ? None : $"<span class=\"bad\">{value.ToString("#,0", CultureInfo.InvariantCulture)}</span>";

    private static string By(IReadOnlyDictionary<string, long> counts) => counts.Count == 0
        ? None
        : $"<span class=\"bad\">{HtmlPage.Escape(string.Join(", ", counts.Select(count => $"{count.Key} × {count.Value}")))}</span>";
}
