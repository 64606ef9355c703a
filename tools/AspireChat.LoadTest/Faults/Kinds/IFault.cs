namespace AspireChat.LoadTest.Faults.Kinds;

/// <summary>Something that goes wrong. It is made, and undone as far as that is part of it; what still lies about when it returns, the run mends.</summary>
internal interface IFault
{
    /// <summary>Its number in <c>docs/reliability.md</c>.</summary>
    int Number { get; }

    string Name { get; }

    /// <summary>When it has passed, besides that nothing is lost, repeated or out of order.</summary>
    string Passes { get; }

    /// <summary>Whether it may cost messages, as long as clients are told.</summary>
    bool MayLose => false;

    /// <summary>What it needs for itself: two that need the same never overlap.</summary>
    FaultScope Scope { get; }

    /// <summary>About how long it takes, with what comes after it, for the schedule.</summary>
    TimeSpan Length(FaultRunOptions options);

    Task StrikeAsync(FaultContext context, CancellationToken cancellationToken);
}

internal enum FaultScope
{
    Redis,
    Instances,
    Gateway,
    Clients,
}
