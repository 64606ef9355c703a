namespace AspireChat.LoadTest.Load.Reports;

/// <summary>What a run came to.</summary>
internal sealed record LoadReport
{
    public required string Scenario { get; init; }

    public required DateTimeOffset Began { get; init; }

    public double Seconds { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The instances that connections were on.</summary>
    public required IReadOnlyList<string> Instances { get; init; }

    /// <summary>The mode of the backplane.</summary>
    public required string Mode { get; init; }

    /// <summary>What the run was asked for, by option.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required IReadOnlyList<StepReport> Steps { get; init; }

    /// <summary>What concerns the whole run.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the run fails; empty when it passes.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>Whether it was ended before its time.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The highest rate of which all was well; null when there is none.</summary>
    public double? SustainedRate => Steps.Where(step => step.Held && step.Rate > 0 && !step.IsCheck).Select(step => (double?)step.Rate).Max();

    public bool Passed => Failures.Count == 0;
}
