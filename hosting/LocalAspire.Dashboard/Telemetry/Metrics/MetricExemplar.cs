namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>One measurement picked out of many, with the trace in which it was made.</summary>
public sealed record MetricExemplar(Timestamp Time, double Value, TraceId TraceId, SpanId SpanId);
