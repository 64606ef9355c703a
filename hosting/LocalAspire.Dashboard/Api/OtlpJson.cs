using System.Globalization;
using System.Text.Json;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Api;

/// <summary>
/// Writes OTLP's JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): ids in hexadecimal, 64-bit numbers as
/// text, enumerations as numbers.
/// </summary>
internal static class OtlpJson
{
    public static void WriteSpans(Utf8JsonWriter json, IEnumerable<Span> spans)
    {
        json.WriteStartArray("resourceSpans");
        foreach (var ofResource in spans.GroupBy(span => span.Resource))
        {
            StartResource(json, ofResource.Key);
            json.WriteStartArray("scopeSpans");
            foreach (var ofScope in ofResource.GroupBy(span => span.Scope))
            {
                StartScope(json, ofScope.Key);
                json.WriteStartArray("spans");
                foreach (var span in ofScope) Write(json, span);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteLogs(Utf8JsonWriter json, IEnumerable<LogEntry> entries)
    {
        json.WriteStartArray("resourceLogs");
        foreach (var ofResource in entries.GroupBy(entry => entry.Resource))
        {
            StartResource(json, ofResource.Key);
            json.WriteStartArray("scopeLogs");
            foreach (var ofScope in ofResource.GroupBy(entry => entry.Scope))
            {
                StartScope(json, ofScope.Key);
                json.WriteStartArray("logRecords");
                foreach (var entry in ofScope) Write(json, entry);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void StartResource(Utf8JsonWriter json, TelemetryResource resource)
    {
        json.WriteStartObject();
        json.WriteStartObject("resource");
        WriteAttributes(json, resource.Attributes);
        json.WriteEndObject();
    }

    private static void StartScope(Utf8JsonWriter json, InstrumentationScope scope)
    {
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", scope.Name);
        if (scope.Version.Length > 0) json.WriteString("version", scope.Version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Span span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToString());
        json.WriteString("spanId", span.Id.ToString());
        if (!span.ParentId.IsNone) json.WriteString("parentSpanId", span.ParentId.ToString());
        if (span.TraceState.Length > 0) json.WriteString("traceState", span.TraceState);
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", (int)span.Kind);
        WriteTime(json, "startTimeUnixNano", span.Start);
        WriteTime(json, "endTimeUnixNano", span.End);
        WriteAttributes(json, span.Attributes);
        if (span.Events.Length > 0)
        {
            json.WriteStartArray("events");
            foreach (var happened in span.Events)
            {
                json.WriteStartObject();
                WriteTime(json, "timeUnixNano", happened.Time);
                json.WriteString("name", happened.Name);
                WriteAttributes(json, happened.Attributes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (span.Links.Length > 0)
        {
            json.WriteStartArray("links");
            foreach (var link in span.Links)
            {
                json.WriteStartObject();
                json.WriteString("traceId", link.TraceId.ToString());
                json.WriteString("spanId", link.SpanId.ToString());
                WriteAttributes(json, link.Attributes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("status");
        if (span.Status != SpanStatus.Unset) json.WriteNumber("code", (int)span.Status);
        if (span.StatusMessage.Length > 0) json.WriteString("message", span.StatusMessage);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LogEntry entry)
    {
        json.WriteStartObject();
        WriteTime(json, "timeUnixNano", entry.Time);
        json.WriteNumber("severityNumber", entry.SeverityNumber);
        json.WriteString("severityText", entry.Severity.ToString());
        json.WritePropertyName("body");
        WriteValue(json, entry.Body);
        WriteAttributes(json, entry.Attributes);
        if (entry.EventName.Length > 0) json.WriteString("eventName", entry.EventName);
        if (entry.TraceId != default) json.WriteString("traceId", entry.TraceId.ToString());
        if (!entry.SpanId.IsNone) json.WriteString("spanId", entry.SpanId.ToString());
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, AttributeSet attributes, string name = "attributes")
    {
        json.WriteStartArray(name);
        foreach (var attribute in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", attribute.Key);
            json.WritePropertyName("value");
            WriteValue(json, attribute.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, AttributeValue value)
    {
        json.WriteStartObject();
        switch (value.Kind)
        {
            case AttributeKind.Text:
                json.WriteString("stringValue", value.AsText);
                break;
            case AttributeKind.Boolean:
                json.WriteBoolean("boolValue", value.AsBoolean);
                break;
            case AttributeKind.Whole:
                json.WriteString("intValue", value.AsWhole.ToString(CultureInfo.InvariantCulture));
                break;
            case AttributeKind.Real when double.IsFinite(value.AsReal):
                json.WriteNumber("doubleValue", value.AsReal);
                break;
            case AttributeKind.Real:
                json.WriteString("doubleValue", value.AsReal.ToString(CultureInfo.InvariantCulture));
                break;
            case AttributeKind.Bytes:
                json.WriteBase64String("bytesValue", value.AsBytes);
                break;
            case AttributeKind.List:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (var item in value.AsList) WriteValue(json, item);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case AttributeKind.Map:
                json.WriteStartObject("kvlistValue");
                WriteAttributes(json, value.AsMap, "values");
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, Timestamp time) =>
        json.WriteString(name, time.UnixNanoseconds.ToString(CultureInfo.InvariantCulture));
}
