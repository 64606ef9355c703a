using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Reports;

/// <summary>What one step of load came to. Times are in milliseconds.</summary>
internal sealed record StepReport
{
    public required string Name { get; init; }

    /// <summary>Messages a second that were to be sent.</summary>
    public double Rate { get; init; }

    /// <summary>Whether its messages only show that each connection gets one.</summary>
    public bool IsCheck { get; init; }

    /// <summary>From the first message to the last delivery, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Connections that received.</summary>
    public int Receivers { get; init; }

    public int Rooms { get; init; }

    public int Publishers { get; init; }

    /// <summary>Messages that were due by the schedule.</summary>
    public long Due { get; init; }

    public long Sent { get; init; }

    /// <summary>Of these, how many the server confirmed: what every receiver of the room is owed.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Deliveries that are owed.</summary>
    public long Expected { get; init; }

    /// <summary>Messages that came to a receiver for the first time.</summary>
    public long Delivered { get; init; }

    public double DeliveriesPerSecond { get; init; }

    public long Lost { get; init; }

    public long Repeated { get; init; }

    public long OutOfOrder { get; init; }

    /// <summary>Given up as lost in an earlier step, and come in this one.</summary>
    public long Late { get; init; }

    /// <summary>Texts that were changed, and messages of other rooms.</summary>
    public long Corrupt { get; init; }

    /// <summary>From the send to the receiver.</summary>
    public required Percentiles Latency { get; init; }

    /// <summary>From the send to its acknowledgement.</summary>
    public required Percentiles Acknowledgement { get; init; }

    /// <summary>From a connection's attempt, or its loss, to its place in the room.</summary>
    public required Percentiles Return { get; init; }

    public long Reconnects { get; init; }

    public long Recovered { get; init; }

    public long NotRecovered { get; init; }

    public long Resyncs { get; init; }

    /// <summary>Connections that this tool broke on purpose.</summary>
    public int Dropped { get; init; }

    /// <summary>Connections that are not there at the end.</summary>
    public int Away { get; init; }

    /// <summary>Closes that the server began, by code.</summary>
    public required IReadOnlyDictionary<string, long> Closes { get; init; }

    /// <summary>Errors that the server answered, by code.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>The longest that a message was sent behind its schedule.</summary>
    public double WorstLag { get; init; }

    /// <summary>Cores that this tool itself kept busy.</summary>
    public double GeneratorCores { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    /// <summary>The whole distribution of <see cref="Latency"/>.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>What was not as it must be, in sentences; empty when the step held.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool Held => Problems.Count == 0;
}
