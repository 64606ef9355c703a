using System.Globalization;
using AspireChat.LoadTest.Load.Reports.Charts;

namespace AspireChat.LoadTest.Load.Reports.Html;

/// <summary>A report as one page: no script, and nothing that is fetched from anywhere.</summary>
internal static class HtmlReport
{
    public static string Of(LoadReport report)
    {
        var page = HtmlPage.Begin(
            report.Scenario,
            VerdictOf(report),
            report.Passed,
            string.Create(CultureInfo.InvariantCulture, $"{report.Began:d MMMM yyyy, HH:mm} UTC · {Labels.Seconds(Math.Round(report.Seconds))} · mode {report.Mode} · {string.Join(", ", report.Instances)} · {string.Join(", ", report.Targets)}"));
        HeadFigures.AddTo(page, report);
        HtmlPage.AddSays(page, report.Failures, report.Notes);
        page.Append("<section class=\"charts\">\n");
        foreach (var (note, chart) in ReportCharts.Of(report))
            page.Append(CultureInfo.InvariantCulture, $"<article class=\"card\"><h2>{HtmlPage.Escape(chart.Title)}</h2><p>{HtmlPage.Escape(note)}</p>{chart.Draw()}</article>\n");

        page.Append("</section>\n");
        StepTables.AddTo(page, report);
        HtmlPage.AddSettings(page, report.Settings);
        return HtmlPage.End(page, """
            Latency is counted from the moment a message is given to its connection to the moment its receiver has read the bytes. The schedule is open:
            a message goes when its time has come, whatever became of those before. Lost are deliveries of acknowledged messages that never came to a receiver
            that had joined; messages are numbered by publisher and room, so that a repeat and a change of order show as such. A step is closed when all has
            come, or nothing more does.
            """);
    }

    private static string VerdictOf(LoadReport report) => !report.Passed ? "Failed" : report.Interrupted ? "Interrupted" : "Passed";
}
