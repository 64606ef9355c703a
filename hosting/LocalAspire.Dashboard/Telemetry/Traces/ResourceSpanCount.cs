namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>What one resource contributes to a trace.</summary>
internal readonly record struct ResourceSpanCount(TelemetryResource Resource, int Spans, int Errors, int Deliveries);
