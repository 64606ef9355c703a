namespace LocalAspire.Dashboard.Telemetry;

/// <summary>A name and its value, on a resource, a span, a log entry or a metric series.</summary>
public readonly record struct AttributeEntry(string Key, AttributeValue Value);
