using System.Globalization;
using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>A finished step in one line.</summary>
internal static class StepLine
{
    public static string Of(StepReport step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(step.Held ? "held" : "not held")}; {step.Sent} sent, {step.Delivered} delivered ({step.DeliveriesPerSecond:0}/s), p50 {step.Latency.P50:0.0} ms, p99 {step.Latency.P99:0.0} ms, "
        + $"{step.Lost} lost, {step.Repeated} repeated, {step.OutOfOrder} out of order");
}
