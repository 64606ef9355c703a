namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>One data point as a sender gives it, before the series makes a running total of it.</summary>
public readonly record struct MetricMeasurement
{
    public required AttributeSet Attributes { get; init; }

    /// <summary>Since when a total counts; a later one than before tells of a restart.</summary>
    public Timestamp Start { get; init; }

    public required Timestamp Time { get; init; }
    public double Value { get; init; }
    public Distribution? Distribution { get; init; }

    /// <summary>True where the value is what was added since the last one, not the total.</summary>
    public bool IsDelta { get; init; }

    public MetricExemplar[] Exemplars { get; init; }
}
