using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Traces;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;
using Span = LocalAspire.Dashboard.Telemetry.Traces.Span;
using WireSpan = OpenTelemetry.Proto.Trace.V1.Span;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Takes in spans.</summary>
internal sealed class TraceIngest(OtlpReader reader, TelemetryStore store)
    : IOtlpIngest<ExportTraceServiceRequest, ExportTraceServiceResponse>
{
    public ExportTraceServiceResponse Take(ExportTraceServiceRequest request)
    {
        var spans = new List<Span>();
        var (rejected, reason) = (0, "");
        foreach (var ofResource in request.ResourceSpans)
        {
            if (reader.Resource(ofResource.Resource, Signal.Traces) is not { } resource)
            {
                rejected += ofResource.ScopeSpans.Sum(scope => scope.Spans.Count);
                reason = IngestReasons.TooManyResources(reader.Limits);
                continue;
            }

            foreach (var ofScope in ofResource.ScopeSpans)
            {
                var scope = reader.Scope(ofScope.Scope);
                foreach (var wire in ofScope.Spans)
                {
                    if (Read(wire, resource, scope) is { } span)
                    {
                        spans.Add(span);
                    }
                    else
                    {
                        rejected++;
                        reason = "A span needs a trace id of 16 bytes and a span id of 8, not all zero.";
                    }
                }
            }
        }

        store.Traces.Add(spans);
        return rejected == 0
            ? new ExportTraceServiceResponse()
            : new ExportTraceServiceResponse { PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = rejected, ErrorMessage = reason } };
    }

    private Span? Read(WireSpan wire, TelemetryResource resource, InstrumentationScope scope)
    {
        if (!TraceId.TryRead(wire.TraceId.Span, out var traceId) || !SpanId.TryRead(wire.SpanId.Span, out var id)) return null;

        _ = SpanId.TryRead(wire.ParentSpanId.Span, out var parent);
        var start = Timestamp.FromWire(wire.StartTimeUnixNano);
        var end = Timestamp.FromWire(wire.EndTimeUnixNano);
        return new Span
        {
            TraceId = traceId,
            Id = id,
            ParentId = parent,
            Resource = resource,
            Scope = scope,
            Name = reader.Name(wire.Name),
            Kind = Enum.IsDefined((SpanKind)wire.Kind) ? (SpanKind)wire.Kind : SpanKind.Unspecified,
            Status = wire.Status?.Code switch
            {
                Status.Types.StatusCode.Error => SpanStatus.Error,
                Status.Types.StatusCode.Ok => SpanStatus.Ok,
                _ => SpanStatus.Unset,
            },
            StatusMessage = reader.Text(wire.Status?.Message ?? ""),
            TraceState = reader.Text(wire.TraceState),
            Start = start,
            End = end < start ? start : end,
            Attributes = reader.Attributes(wire.Attributes),
            Events = wire.Events.Count == 0 ? [] : [.. wire.Events.Take(reader.Limits.MaxSpanEventCount).Select(Read)],
            Links = wire.Links.Count == 0 ? [] : [.. wire.Links.Take(reader.Limits.MaxSpanEventCount).Select(Read).OfType<SpanLink>()],
        };
    }

    private SpanEvent Read(WireSpan.Types.Event wire) =>
        new(Timestamp.FromWire(wire.TimeUnixNano), reader.Name(wire.Name), reader.Attributes(wire.Attributes));

    private SpanLink? Read(WireSpan.Types.Link wire) =>
        TraceId.TryRead(wire.TraceId.Span, out var trace) && SpanId.TryRead(wire.SpanId.Span, out var span)
            ? new SpanLink(trace, span, reader.Attributes(wire.Attributes))
            : null;
}
