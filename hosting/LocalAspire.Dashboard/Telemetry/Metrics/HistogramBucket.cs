namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>How many measurements lie above <paramref name="Lower"/> and not above <paramref name="Upper"/>; either may be infinite.</summary>
public readonly record struct HistogramBucket(double Lower, double Upper, double Count);
