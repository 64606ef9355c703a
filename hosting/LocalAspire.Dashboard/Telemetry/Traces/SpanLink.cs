namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>A pointer from a span to one that is not its parent, in this trace or another.</summary>
public sealed record SpanLink(TraceId TraceId, SpanId SpanId, AttributeSet Attributes);
