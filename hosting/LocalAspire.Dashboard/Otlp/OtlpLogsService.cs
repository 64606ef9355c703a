using Grpc.Core;
using OpenTelemetry.Proto.Collector.Logs.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Log records over gRPC.</summary>
internal sealed class OtlpLogsService(LogIngest ingest) : LogsService.LogsServiceBase
{
    public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(ingest.Take(request));
}
