using System.Globalization;
using System.Text;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Reports;

/// <summary>A report as text for people.</summary>
internal static class TextReport
{
    public static string Of(LoadReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.Scenario} of {report.Began:yyyy-MM-dd HH:mm} UTC against {string.Join(", ", report.Targets)}: {report.Seconds:0} s, mode {report.Mode}, instances {string.Join(", ", report.Instances)}");
        foreach (var step in report.Steps)
            Step(text, step);

        foreach (var note in report.Notes)
            Line(text, $"NOTE: {note}");

        foreach (var failure in report.Failures)
            Line(text, $"FAILED: {failure}");

        return text.Append(Conclusion(report)).ToString();
    }

    private static void Step(StringBuilder text, StepReport step)
    {
        Line(text, $"\n{step.Name}{(step.Held ? "" : ", not held")}");
        Line(text, $"  load         {step.Receivers} receivers in {step.Rooms} rooms, {step.Publishers} publishers, {step.Seconds:0.0} s");
        if (step.Due > 0)
        {
            Line(text, $"  messages     {step.Sent} sent of {step.Due}, {step.Acknowledged} acknowledged");
            Line(text, $"  deliveries   {step.Delivered} of {step.Expected}, {step.DeliveriesPerSecond:0}/s; {step.Lost} lost, {step.Repeated} repeated, {step.OutOfOrder} out of order, {step.Late} late, {step.Corrupt} corrupt");
            Line(text, $"  latency      {Of(step.Latency)}");
            Line(text, $"  acknowledged {Of(step.Acknowledgement)}");
        }

        if (step.Return.Count > 0)
            Line(text, $"  connecting   {Of(step.Return)}");

        if (step.Dropped + step.Reconnects + step.Resyncs + step.Away > 0)
            Line(text, $"  returns      {step.Dropped} dropped, {step.Reconnects} came back ({step.Recovered} recovered, {step.NotRecovered} not), {step.Resyncs} resyncs, {step.Away} away");

        if (step.Closes.Count + step.Errors.Count > 0)
            Line(text, $"  trouble      closes {Of(step.Closes)}; errors {Of(step.Errors)}");

        Line(text, $"  this tool    {step.GeneratorCores:0.00} cores, at most {step.WorstLag:0.0} ms behind its schedule");
    }

    private static string Conclusion(LoadReport report) => (report.Interrupted, report.Passed) switch
    {
        (true, true) => "INTERRUPTED: what was measured until then kept all thresholds.",
        (_, false) => FormattableString.Invariant($"FAILED: {report.Failures.Count} thresholds were not kept."),
        _ when report.SustainedRate is { } rate => FormattableString.Invariant($"PASSED: {rate:0.###} messages/s sustained{(IsFlawless(report) ? ", nothing lost, repeated or out of order" : "")}."),
        _ => "PASSED: all thresholds were kept.",
    };

    private static bool IsFlawless(LoadReport report) => report.Steps.Sum(step => step.Lost + step.Repeated + step.OutOfOrder) == 0;

    private static string Of(Percentiles latency) => latency.Count == 0
        ? "none"
        : FormattableString.Invariant($"p50 {latency.P50:0.00}, p90 {latency.P90:0.00}, p99 {latency.P99:0.00}, p99.9 {latency.P999:0.00}, max {latency.Max:0.00} ms");

    private static string Of(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => $"{count.Key} × {count.Value}"));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
