using System.ComponentModel.DataAnnotations;

namespace LocalAspire.Dashboard.Telemetry;

/// <summary>How much is kept: the oldest goes first. The names of the first three are those of Aspire's dashboard.</summary>
public sealed class TelemetryLimits
{
    public const string SectionName = "Dashboard:TelemetryLimits";

    /// <summary>Log entries kept of each resource. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxLogCount { get; set; } = 10_000;

    /// <summary>Traces kept in all: a trace belongs to every resource that it passes. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxTraceCount { get; set; } = 10_000;

    /// <summary>Metric points kept of each resource, over all its instruments. Default 50,000.</summary>
    [Range(100, 10_000_000)]
    public int MaxMetricsCount { get; set; } = 50_000;

    /// <summary>Attributes kept of one span, log entry or resource. Default 128.</summary>
    [Range(1, 10_000)]
    public int MaxAttributeCount { get; set; } = 128;

    /// <summary>Characters kept of one text. Default 16,384.</summary>
    [Range(16, 1_000_000)]
    public int MaxTextLength { get; set; } = 16_384;

    /// <summary>Spans kept of one trace. Default 5,000.</summary>
    [Range(1, 100_000)]
    public int MaxSpansPerTrace { get; set; } = 5_000;

    /// <summary>Events, and links, kept of one span. Default 128 of each.</summary>
    [Range(1, 10_000)]
    public int MaxSpanEventCount { get; set; } = 128;

    /// <summary>Rough bytes of all traces, of all logs, and of all metrics, each whatever their number and their senders. Default 128 MiB.</summary>
    [Range(1 << 20, int.MaxValue)]
    public int MaxBytes { get; set; } = 128 << 20;

    /// <summary>Senders that are told apart. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxResourceCount { get; set; } = 200;

    /// <summary>Combinations of attributes of one instrument. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxSeriesPerInstrument { get; set; } = 1_000;

    /// <summary>Instruments of one resource. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxInstrumentsPerResource { get; set; } = 1_000;

    /// <summary>Buckets of one histogram point. Default 512.</summary>
    [Range(1, 10_000)]
    public int MaxBucketCount { get; set; } = 512;
}
