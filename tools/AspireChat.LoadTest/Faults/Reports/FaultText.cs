using System.Globalization;
using System.Text;
using AspireChat.LoadTest.Faults.Measuring;

namespace AspireChat.LoadTest.Faults.Reports;

/// <summary>A report as text for people.</summary>
internal static class FaultText
{
    public static string Of(FaultReport report)
    {
        var text = new StringBuilder();
        Line(text, $"");
        Line(text, $"{"fault",-58} {"times",5} {"recovered in: least",19} {"median",8} {"most",8}");
        foreach (var fault in report.Summaries)
            Line(text, $"{$"{fault.Number,2} {fault.Name}",-58} {fault.Times,5} {Seconds(fault.Fastest),19} {Seconds(fault.Median),8} {Seconds(fault.Slowest),8}  {(fault.Failed == 0 ? "passed" : $"{fault.Failed} FAILED")}");

        Line(text, $"");
        Line(text, $"{"memory",-12} {"lived",8} {"first quarter",14} {"last quarter",13} {"an hour",12}");
        foreach (var growth in report.Growth.Where(growth => growth.Seconds > report.Seconds / 3))
            Line(text, $"{growth.Name,-12} {growth.Seconds,6:0} s {growth.First,11:0.0} MB {growth.Last,10:0.0} MB {growth.PerHour,9:+0.0;-0.0;0} MB  {(!growth.IsJudged ? "not judged" : growth.IsFlat ? "flat" : "NOT FLAT")}");

        Line(text, $"Flat is at most +{MemoryGrowth.AllowedPerHour:0} MB an hour, for instances and gateways that lived for 20 minutes.");
        if (report.Verdict is { } verdict)
            text.Append('\n').Append(verdict).Append('\n');

        foreach (var failure in report.Failures)
            Line(text, $"FAILED: {failure}");

        return text.Append(Conclusion(report)).ToString();
    }

    private static string Conclusion(FaultReport report) =>
        report.Verdict is null ? "INTERRUPTED: no verdict."
        : report.Passed ? $"PASSED: {report.Faults.Count} faults of seed {report.Seed} in {report.Seconds:0} s."
        : $"FAILED: {report.Failures.Count} findings over {report.Faults.Count} faults of seed {report.Seed}.";

    private static string Seconds(double? value) => value is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : "–";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
