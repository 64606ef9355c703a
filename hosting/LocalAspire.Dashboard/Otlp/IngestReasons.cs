using LocalAspire.Dashboard.Telemetry;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Why something was refused, in words for the sender's log.</summary>
internal static class IngestReasons
{
    public static string TooManyResources(TelemetryLimits limits) =>
        $"The dashboard tells {limits.MaxResourceCount} senders apart and has as many. Keep 'service.instance.id' stable, or raise 'DASHBOARD__TELEMETRYLIMITS__MAXRESOURCECOUNT'.";
}
