using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Metrics;
using LocalAspire.Dashboard.Telemetry.Traces;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Telemetry;

/// <summary>Everything that was received, for as long as it is kept.</summary>
public sealed class TelemetryStore(IOptions<TelemetryLimits> limits, TimeProvider time)
{
    public TelemetryResources Resources { get; } = new(limits.Value);

    public TraceStore Traces { get; } = new(limits.Value, time);

    public LogStore Logs { get; } = new(limits.Value, time);

    public MetricStore Metrics { get; } = new(limits.Value, time);

    /// <summary>Raised when another resource has sent for the first time.</summary>
    public ChangeSignal ResourcesChanged { get; } = new(time);
}
