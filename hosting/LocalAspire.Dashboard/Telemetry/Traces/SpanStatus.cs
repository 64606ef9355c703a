namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>OTLP's outcome of a span, with its numbers.</summary>
public enum SpanStatus : byte
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
