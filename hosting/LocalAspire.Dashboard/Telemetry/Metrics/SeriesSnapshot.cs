namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>One series of one resource as it was at one moment. Immutable.</summary>
public sealed record SeriesSnapshot(TelemetryResource Resource, AttributeSet Attributes, MetricPoint[] Points, MetricExemplar[] Exemplars);
