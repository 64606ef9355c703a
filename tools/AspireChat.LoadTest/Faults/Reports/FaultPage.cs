using System.Globalization;
using System.Text;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Faults.Kinds;
using AspireChat.LoadTest.Faults.Measuring;
using AspireChat.LoadTest.Load.Reports.Charts;
using AspireChat.LoadTest.Load.Reports.Html;

namespace AspireChat.LoadTest.Faults.Reports;

/// <summary>A report as one page.</summary>
internal static class FaultPage
{
    private const string None = "<span class=\"none\">–</span>";

    public static string Of(FaultReport report)
    {
        var page = HtmlPage.Begin(
            "Faults",
            report.Passed ? "Passed" : report.Interrupted ? "Interrupted" : "Failed",
            report.Passed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Date:d MMMM yyyy, HH:mm} UTC · seed {report.Seed} · {report.Seconds / 60:0.#} min · {report.Verdict?.Clients} clients on {string.Join(", ", report.Verdict?.Instances ?? [])} and through the gateway"));
        AddFigures(page, report);
        HtmlPage.AddSays(page, report.Failures, []);
        AddChart(page, FaultCharts.Flow(report), "New sends, their acknowledgements, and what each client got live: one line when all is well. Where a fault lasts, until all was seen to be well again, the ground is coloured, with its number above.");
        AddChart(page, FaultCharts.Memory(report), "What each process holds. A process that was started again begins anew; chat-1 is never ended.");
        AddSummaries(page, report);
        AddGrowth(page, report);
        AddFaults(page, report);
        if (report.Verdict is { } verdict)
            page.Append(CultureInfo.InvariantCulture, $"<section class=\"card card--wide\"><h2>Verdict on the record</h2><pre>{HtmlPage.Escape(verdict.ToString())}</pre></section>\n");

        HtmlPage.AddSettings(page, report.Settings);
        return HtmlPage.End(page, """
            A checker that knows nothing of our clients recorded every raw frame that each client got, and every send. Each acknowledged message must have reached
            every client exactly once, in one order for all, without a hole; nothing may appear that nobody sent; and what was lost must have been announced, which
            may happen in faults 4 and 5 alone. Recovered is from the end of the trouble (of a process that was killed: from its end) until every client was in its
            room, had an acknowledgement for a new send and all that had been sent, and a message had passed between all instances and the gateway.
            """);
    }

    private static void AddFigures(StringBuilder page, FaultReport report)
    {
        page.Append("<section class=\"figures\">\n");
        Add(page, Labels.Count(report.Faults.Count), "faults");
        Add(page, Labels.Count(report.Faults.Count(fault => !fault.Passed)), "not passed", report.Faults.Any(fault => !fault.Passed));
        if (report.Verdict is { } verdict)
        {
            Add(page, Labels.Count(verdict.Acknowledged), "acknowledged");
            Add(page, Labels.Count(verdict.Deliveries), "deliveries");
            var lost = verdict.Count(ViolationKind.Lost) + verdict.Count(ViolationKind.Gap) + verdict.Missed;
            Add(page, Labels.Count(lost), "lost in silence", lost > 0);
            var others = verdict.ViolationCounts.Values.Sum() - verdict.Count(ViolationKind.Lost) - verdict.Count(ViolationKind.Gap);
            Add(page, Labels.Count(others), "other violations", others > 0);
        }

        if (report.Faults.Max(fault => fault.RecoverySeconds) is { } slowest)
            Add(page, $"{slowest.ToString("0.0", CultureInfo.InvariantCulture)} <small>s</small>", "slowest recovery");

        page.Append("</section>\n");
    }

    private static void Add(StringBuilder page, string figure, string what, bool isBad = false) =>
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"figure{(isBad ? " figure--bad" : "")}\"><b>{figure}</b><span>{what}</span></div>\n");

    private static void AddChart(StringBuilder page, LineChart chart, string note) =>
        page.Append(CultureInfo.InvariantCulture, $"<article class=\"card card--wide\"><h2>{HtmlPage.Escape(chart.Title)}</h2><p>{HtmlPage.Escape(note)}</p>{chart.Draw()}</article>\n");

    private static void AddSummaries(StringBuilder page, FaultReport report) => AddTable(
        page,
        "Recovery",
        ["fault", "passes when", "times", "least", "median", "most", "verdict"],
        report.Summaries.Select(fault => (string[])
        [
            HtmlPage.Escape($"{fault.Number}  {fault.Name}"), HtmlPage.Escape(FaultCatalog.Find(fault.Number)?.Passes ?? ""), Labels.Count(fault.Times),
            Seconds(fault.Fastest), Seconds(fault.Median), Seconds(fault.Slowest), Verdict(fault.Failed == 0),
        ]),
        saysMuch: 1);

    private static void AddGrowth(StringBuilder page, FaultReport report) => AddTable(
        page,
        FormattableString.Invariant($"Memory: flat is at most {MemoryGrowth.AllowedPerHour:0} MB an hour, for instances and gateways that lived for 20 min"),
        ["process", "lived", "median of its first quarter", "of its last", "an hour", "verdict"],
        report.Growth.Where(growth => growth.Seconds > report.Seconds / 3).Select(growth => (string[])
        [
            HtmlPage.Escape(growth.Name), Text($"{growth.Seconds / 60:0.#} min"), Text($"{growth.First:0.0} MB"), Text($"{growth.Last:0.0} MB"),
            growth.IsJudged ? Text($"{growth.PerHour:+0.0;-0.0;0} MB") : None, growth.IsJudged ? Verdict(growth.IsFlat) : "<span class=\"none\">not judged</span>",
        ]));

    private static void AddFaults(StringBuilder page, FaultReport report) => AddTable(
        page,
        "What happened when",
        ["at", "fault", "what was seen", "recovered in", "well again at", "verdict"],
        report.Faults.Select(fault => (string[])
        [
            Time(fault.Began), HtmlPage.Escape($"{fault.Number}  {fault.Name}"), HtmlPage.Escape(string.Join("; ", fault.Notes)),
            Seconds(fault.RecoverySeconds), Time(fault.Well), Verdict(fault.Passed),
        ]),
        saysMuch: 2);

    private static void AddTable(StringBuilder page, string title, string[] headings, IEnumerable<string[]> rows, int saysMuch = -1)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"card card--wide\"><h2>{HtmlPage.Escape(title)}</h2><table>\n<thead><tr>{string.Concat(headings.Select((heading, column) => $"<th{Class(column)}>{heading}</th>"))}</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
            page.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select((cell, column) => $"<td{Class(column)}>{cell}</td>"))}</tr>\n");

        page.Append("</tbody></table></section>\n");

        string Class(int column) => column == saysMuch ? " class=\"says-much\"" : "";
    }

    private static string Verdict(bool passed) => passed ? "<span class=\"good\">passed</span>" : "<span class=\"bad\">failed</span>";

    private static string Seconds(double? value) => value is { } seconds ? Text($"{seconds:0.0} s") : None;

    private static string Time(double seconds) => Text($"{(int)seconds / 60}:{(int)seconds % 60:00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
