using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace AspireChat.Tests.Dashboard.Telemetry;

/// <summary>Spans with what a test cares about.</summary>
internal static class TestSpans
{
    public static readonly TelemetryResource Chat1 = Resource("chat-1", 0);
    public static readonly TelemetryResource Chat2 = Resource("chat-2", 1);

    public static TelemetryResource Resource(string name, int number = 0) => new(name, "", number, AttributeSet.Empty);

    public static Span Span(ulong trace, ulong id, ulong parent = 0, string name = "work", long start = 0, long duration = 10, TelemetryResource? resource = null, SpanStatus status = SpanStatus.Unset, AttributeSet? attributes = null) => new()
    {
        TraceId = new TraceId(0, trace),
        Id = new SpanId(id),
        ParentId = new SpanId(parent),
        Name = name,
        Start = new Timestamp(start),
        End = new Timestamp(start + duration),
        Resource = resource ?? Chat1,
        Scope = InstrumentationScope.Unknown,
        Status = status,
        Attributes = attributes ?? AttributeSet.Empty,
    };

    public static AttributeSet Attributes(params (string Key, string Value)[] entries) =>
        new([.. entries.Select(entry => new AttributeEntry(entry.Key, AttributeValue.Text(entry.Value)))]);
}
