using System.Globalization;
using System.Net;
using System.Text;
using AspireChat.LoadTest.Load.Reports.Charts;

namespace AspireChat.LoadTest.Load.Reports.Html;

/// <summary>A report as one page: no script, and nothing that is fetched from anywhere.</summary>
internal static class HtmlReport
{
    public static string Of(LoadReport report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <link rel="icon" href="data:,">
            <title>{Escape(report.Scenario)}: {VerdictOf(report).ToLowerInvariant()}</title>
            <style>
            {Style()}
            </style>
            </head>
            <body>
            <main>
            <header>
            <div class="head"><h1>{Escape(report.Scenario)}</h1><span class="verdict{(report.Passed ? "" : " verdict--bad")}">{VerdictOf(report)}</span></div>
            <p class="facts">{report.Began:d MMMM yyyy, HH:mm} UTC · {Labels.Seconds(Math.Round(report.Seconds))} · mode {Escape(report.Mode)} · {Escape(string.Join(", ", report.Instances))} · {Escape(string.Join(", ", report.Targets))}</p>
            </header>

            """);
        HeadFigures.AddTo(page, report);
        AddSays(page, report);
        page.Append("<section class=\"charts\">\n");
        foreach (var (note, chart) in ReportCharts.Of(report))
            page.Append(CultureInfo.InvariantCulture, $"<article class=\"card\"><h2>{Escape(chart.Title)}</h2><p>{Escape(note)}</p>{chart.Draw()}</article>\n");

        page.Append("</section>\n");
        StepTables.AddTo(page, report);
        AddSettings(page, report);
        return page.Append("""
            <footer>Latency is counted from the moment a message is given to its connection to the moment its receiver has read the bytes. The schedule is open:
            a message goes when its time has come, whatever became of those before. Lost are deliveries of acknowledged messages that never came to a receiver
            that had joined; messages are numbered by publisher and room, so that a repeat and a change of order show as such. A step is closed when all has
            come, or nothing more does.</footer>
            </main>
            </body>
            </html>

            """).ToString();
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string VerdictOf(LoadReport report) => !report.Passed ? "Failed" : report.Interrupted ? "Interrupted" : "Passed";

    private static void AddSays(StringBuilder page, LoadReport report)
    {
        if (report.Failures.Count + report.Notes.Count == 0)
            return;

        page.Append("<ul class=\"says\">\n");
        foreach (var failure in report.Failures)
            page.Append(CultureInfo.InvariantCulture, $"<li>{Escape(failure)}</li>\n");

        foreach (var note in report.Notes)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"note\">{Escape(note)}</li>\n");

        page.Append("</ul>\n");
    }

    private static void AddSettings(StringBuilder page, LoadReport report)
    {
        page.Append("<section class=\"card card--wide\"><h2>Asked for</h2><dl>\n");
        foreach (var (name, value) in report.Settings.Where(setting => setting.Value.Length > 0))
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Escape(name)}</dt><dd>{Escape(value)}</dd></div>\n");

        page.Append("</dl></section>\n");
    }

    private static string Style()
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
