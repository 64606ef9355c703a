using LocalAspire.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Takes in metrics.</summary>
internal sealed class MetricIngest(OtlpReader reader, MetricReader metrics, TelemetryStore store)
    : IOtlpIngest<ExportMetricsServiceRequest, ExportMetricsServiceResponse>
{
    public ExportMetricsServiceResponse Take(ExportMetricsServiceRequest request)
    {
        var (rejected, reason) = (0, "");
        foreach (var ofResource in request.ResourceMetrics)
        {
            if (reader.Resource(ofResource.Resource, Signal.Metrics) is not { } resource)
            {
                rejected += ofResource.ScopeMetrics.Sum(scope => scope.Metrics.Count);
                reason = IngestReasons.TooManyResources(reader.Limits);
                continue;
            }

            foreach (var ofScope in ofResource.ScopeMetrics)
                foreach (var metric in ofScope.Metrics)
                    rejected += Take(metric, reader.Name(ofScope.Scope?.Name ?? ""), resource, ref reason);
        }

        return rejected == 0
            ? new ExportMetricsServiceResponse()
            : new ExportMetricsServiceResponse { PartialSuccess = new ExportMetricsPartialSuccess { RejectedDataPoints = rejected, ErrorMessage = reason } };
    }

    private int Take(Metric metric, string meter, TelemetryResource resource, ref string reason)
    {
        if (metrics.Describe(metric, meter) is not { } info) return 0;

        var measurements = metrics.Read(metric, out var malformed);
        if (malformed > 0) reason = $"A point of '{info.Key.Name}' has buckets that contradict each other, or more of them than {reader.Limits.MaxBucketCount}.";

        var refused = store.Metrics.Add(resource, info, measurements);
        if (refused > 0) reason = $"'{info.Key.Name}' has more combinations of attributes than {reader.Limits.MaxSeriesPerInstrument}, or the resource too many instruments.";
        return malformed + refused;
    }
}
