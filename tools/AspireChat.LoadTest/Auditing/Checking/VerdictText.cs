using System.Globalization;
using System.Text;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>A verdict as text for people.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict)
    {
        var text = new StringBuilder();
        Line(text, $"Run {verdict.Run} of {verdict.Date:yyyy-MM-dd HH:mm} UTC: {verdict.Seconds:0.0} s, {verdict.Clients} clients on {string.Join(", ", verdict.Instances)}, {verdict.Faults} faults");
        Line(text, $"  sends       {verdict.Sends} ({verdict.Acknowledged} acknowledged, {verdict.Failed} failed, {verdict.Unknown} unknown), {verdict.Retries} retries");
        Line(text, $"  deliveries  {verdict.Deliveries} live, in {verdict.Rooms} rooms and {verdict.Epochs} epochs");
        if (verdict.Expected > 0)
            Line(text, $"  no stream   {verdict.Missed} of {verdict.Expected} deliveries missed, {verdict.Surplus} too many");

        Line(text, $"  resumes     {verdict.Recovered} recovered, {verdict.NotRecovered} not; {verdict.Resyncs} resyncs");
        Line(text, $"  closes      {Of(verdict.Closes)}");
        Line(text, $"  errors      {Of(verdict.Errors)}");
        Line(text, $"  ack         {verdict.AckTime}");
        Line(text, $"  delivery    {verdict.DeliveryTime}");
        Line(text, $"  absence     {verdict.AbsenceTime}");
        foreach (var violation in verdict.Violations)
            Line(text, $"  VIOLATION   {violation}");

        foreach (var (kind, count) in verdict.ViolationCounts.Where(kind => kind.Value > verdict.Violations.Count(violation => violation.Kind == kind.Key)))
            Line(text, $"  VIOLATION   {kind}: {count} in all");

        return text.Append(Conclusion(verdict)).ToString();
    }

    private static string Conclusion(Verdict verdict) => verdict switch
    {
        { ViolationCounts.Count: > 0 } => $"BROKEN: {string.Join(", ", verdict.ViolationCounts.Select(kind => $"{kind.Value} {kind.Key}"))}.",
        { IsComplete: false } => "INCOMPLETE: the record has no end, so nobody knows what was still on its way.",
        { IsClean: false } => $"KEPT, with announced loss: {verdict.NotRecovered} resumes not recovered, {verdict.Resyncs} resyncs.",
        { Missed: > 0 } or { Surplus: > 0 } => $"KEPT, since without a stream nothing is promised: {verdict.Missed} of {verdict.Expected} deliveries missed, {verdict.Surplus} too many.",
        { NotRecovered: > 0 } or { Resyncs: > 0 } => "CLEAN: every acknowledged message reached every client once, in one order for all, but for what a fault that may cost messages has cost: all were told.",
        _ => "CLEAN: every acknowledged message reached every client once, in one order for all.",
    };

    private static string Of(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => $"{count.Key} × {count.Value}"));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
