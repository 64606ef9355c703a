namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>Something that happened at one instant of a span.</summary>
public sealed record SpanEvent(Timestamp Time, string Name, AttributeSet Attributes);
