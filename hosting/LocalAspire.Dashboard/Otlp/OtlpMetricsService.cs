using Grpc.Core;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Metrics over gRPC.</summary>
internal sealed class OtlpMetricsService(MetricIngest ingest) : MetricsService.MetricsServiceBase
{
    public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(ingest.Take(request));
}
