using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Logs.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Takes in log records.</summary>
internal sealed class LogIngest(OtlpReader reader, TelemetryStore store)
    : IOtlpIngest<ExportLogsServiceRequest, ExportLogsServiceResponse>
{
    public ExportLogsServiceResponse Take(ExportLogsServiceRequest request)
    {
        var entries = new List<LogEntry>();
        var (rejected, reason) = (0, "");
        foreach (var ofResource in request.ResourceLogs)
        {
            if (reader.Resource(ofResource.Resource, Signal.Logs) is not { } resource)
            {
                rejected += ofResource.ScopeLogs.Sum(scope => scope.LogRecords.Count);
                reason = IngestReasons.TooManyResources(reader.Limits);
                continue;
            }

            foreach (var ofScope in ofResource.ScopeLogs)
            {
                var scope = reader.Scope(ofScope.Scope);
                entries.AddRange(ofScope.LogRecords.Select(record => Read(record, resource, scope)));
            }
        }

        store.Logs.Add(entries);
        return rejected == 0
            ? new ExportLogsServiceResponse()
            : new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = rejected, ErrorMessage = reason } };
    }

    private LogEntry Read(LogRecord wire, TelemetryResource resource, InstrumentationScope scope)
    {
        _ = TraceId.TryRead(wire.TraceId.Span, out var traceId);
        _ = SpanId.TryRead(wire.SpanId.Span, out var spanId);
        var attributes = reader.Attributes(wire.Attributes);
        var body = reader.Value(wire.Body);
        return new LogEntry
        {
            Resource = resource,
            Scope = scope,
            Time = Timestamp.FromWire(wire.TimeUnixNano != 0 ? wire.TimeUnixNano : wire.ObservedTimeUnixNano),
            Severity = LogSeverities.FromNumber(wire.SeverityNumber),
            SeverityNumber = wire.SeverityNumber,
            Body = body,
            Message = reader.Text(LogMessage.Format(body.ToString(), attributes, reader.Limits.MaxTextLength)),
            EventName = reader.Name(wire.EventName),
            TraceId = traceId,
            SpanId = spanId,
            Attributes = attributes,
        };
    }
}
