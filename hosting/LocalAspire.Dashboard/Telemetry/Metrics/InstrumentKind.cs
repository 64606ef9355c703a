namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>What an instrument measures, and so how it is drawn.</summary>
public enum InstrumentKind
{
    /// <summary>A value that goes up and down and is not added up: a temperature.</summary>
    Gauge,

    /// <summary>A count that only grows, drawn as a rate: messages.</summary>
    Counter,

    /// <summary>An amount that grows and shrinks: open connections.</summary>
    UpDownCounter,

    /// <summary>A distribution, drawn as percentiles: latency.</summary>
    Histogram,
}
