namespace LocalAspire.Dashboard.Charts;

/// <summary>A measurement to be drawn as a point that leads to its trace.</summary>
public sealed record ChartExemplar(double Time, double Value, string TraceId, string SpanId);
