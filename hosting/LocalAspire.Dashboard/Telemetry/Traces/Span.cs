namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>One finished operation of one process. Immutable.</summary>
public sealed class Span
{
    private const int WeightOfOne = 250;

    public required TraceId TraceId { get; init; }
    public required SpanId Id { get; init; }

    /// <summary>None for the root of a trace.</summary>
    public SpanId ParentId { get; init; }

    public required TelemetryResource Resource { get; init; }
    public required InstrumentationScope Scope { get; init; }
    public required string Name { get; init; }
    public SpanKind Kind { get; init; }
    public SpanStatus Status { get; init; }
    public string StatusMessage { get; init; } = "";
    public string TraceState { get; init; } = "";
    public required Timestamp Start { get; init; }

    /// <summary>Never before <see cref="Start"/>.</summary>
    public required Timestamp End { get; init; }

    public AttributeSet Attributes { get; init; } = AttributeSet.Empty;
    public SpanEvent[] Events { get; init; } = [];
    public SpanLink[] Links { get; init; } = [];

    public bool IsError => Status == SpanStatus.Error;

    /// <summary>In nanoseconds.</summary>
    public long Duration => End.Since(Start);

    /// <summary>Roughly what the span costs in memory.</summary>
    public int Weight => WeightOfOne + Scope.Weight + Attributes.Weight + 2 * (Name.Length + StatusMessage.Length + TraceState.Length)
        + Events.Sum(one => 80 + 2 * one.Name.Length + one.Attributes.Weight) + Links.Sum(one => 80 + one.Attributes.Weight);
}
