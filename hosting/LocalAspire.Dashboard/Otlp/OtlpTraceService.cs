using Grpc.Core;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Spans over gRPC.</summary>
internal sealed class OtlpTraceService(TraceIngest ingest) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) =>
        Task.FromResult(ingest.Take(request));
}
