using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>A running step at a glance.</summary>
internal sealed record LiveFigures
{
    public required string Step { get; init; }

    public TimeSpan Elapsed { get; init; }

    public TimeSpan Duration { get; init; }

    public int Connections { get; init; }

    public long Sent { get; init; }

    public long Delivered { get; init; }

    public double DeliveredPerSecond { get; init; }

    /// <summary>Of the last moment.</summary>
    public required Percentiles Latency { get; init; }

    public long Repeated { get; init; }

    public long OutOfOrder { get; init; }

    public long Closed { get; init; }

    public long Errors { get; init; }
}
