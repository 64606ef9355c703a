namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>One step of load.</summary>
internal sealed record StepPlan
{
    public required string Name { get; init; }

    /// <summary>Messages a second, by all publishers together; 0 for none.</summary>
    public double Rate { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The share of the receivers whose connections are broken a fifth into the step. Default 0.</summary>
    public double Drop { get; init; }

    /// <summary>Whether its messages only show that each connection gets one: their rate is no load. Default false.</summary>
    public bool IsCheck { get; init; }

    /// <summary>Whether what was measured until now, while connections were opened, belongs to it. Default false.</summary>
    public bool GoesOn { get; init; }
}
