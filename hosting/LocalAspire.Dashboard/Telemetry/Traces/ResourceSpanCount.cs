namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>What one resource contributes to a trace.</summary>
public readonly record struct ResourceSpanCount(TelemetryResource Resource, int Spans, int Errors, int Receipts, int Deliveries);
