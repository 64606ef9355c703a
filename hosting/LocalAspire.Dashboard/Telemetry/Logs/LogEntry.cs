namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>One structured log record. Immutable, but for the number that the store gives it.</summary>
public sealed class LogEntry
{
    private const int WeightOfOne = 200;

    /// <summary>The order of arrival over all resources, from 1; it names the entry in addresses.</summary>
    public long Number { get; set; }

    public required TelemetryResource Resource { get; init; }
    public required InstrumentationScope Scope { get; init; }

    /// <summary>When it was written; where the sender does not say, when it was observed.</summary>
    public required Timestamp Time { get; init; }

    public LogSeverity Severity { get; init; }

    /// <summary>OTLP's own number, 1–24.</summary>
    public int SeverityNumber { get; init; }

    public required AttributeValue Body { get; init; }

    /// <summary>The body as text, with the placeholders filled in.</summary>
    public required string Message { get; init; }

    public string EventName { get; init; } = "";

    /// <summary>Default where it was written outside any trace.</summary>
    public TraceId TraceId { get; init; }

    public SpanId SpanId { get; init; }
    public AttributeSet Attributes { get; init; } = AttributeSet.Empty;

    public bool IsError => Severity >= LogSeverity.Error;

    /// <summary>Roughly what the entry costs in memory.</summary>
    public int Weight => WeightOfOne + Scope.Weight + Attributes.Weight + 2 * (Message.Length + EventName.Length)
        + (Body.Kind == AttributeKind.Text && ReferenceEquals(Body.AsText, Message) ? 0 : Body.Weight);
}
