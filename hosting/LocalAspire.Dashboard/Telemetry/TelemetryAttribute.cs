namespace LocalAspire.Dashboard.Telemetry;

/// <summary>A name and its value, on a resource, a span, a log entry or a metric series.</summary>
internal readonly record struct TelemetryAttribute(string Key, AttributeValue Value);
