namespace LocalAspire.Dashboard.Telemetry;

/// <summary>OpenTelemetry's three kinds of telemetry.</summary>
[Flags]
public enum Signal
{
    None = 0,
    Logs = 1,
    Traces = 2,
    Metrics = 4,
}
