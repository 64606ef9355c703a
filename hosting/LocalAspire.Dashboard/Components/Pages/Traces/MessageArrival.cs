using LocalAspire.Dashboard.Components.Elements;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Components.Pages.Traces;

/// <summary>A message's arrival at one instance: how long after it came in its fan-out began there, null where it never did, and to how many connections.</summary>
public sealed record MessageArrival(string Instance, long? Delay, string? Receivers)
{
    public string Text => Delay is { } delay
        ? Receivers is { } receivers ? $"after {DurationText.Of(delay)} to {receivers}" : $"after {DurationText.Of(delay)}"
        : "never came";

    public static MessageArrival At(string instance, TraceSummary trace)
    {
        Span? first = null;
        foreach (var span in trace.Spans.Span)
            if (span.Resource.Name == instance && MessageSpans.IsDeliver(span.Name) && (first is null || span.Start < first.Start)) first = span;

        return new MessageArrival(instance, first?.Start.Since(trace.Start), first?.Attributes.FindText(MessageSpans.Receivers));
    }
}
