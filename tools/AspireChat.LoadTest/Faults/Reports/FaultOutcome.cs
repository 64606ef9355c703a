namespace AspireChat.LoadTest.Faults.Reports;

/// <summary>What became of one fault.</summary>
internal sealed record FaultOutcome
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>Seconds since clients began to send.</summary>
    public required double Began { get; init; }

    /// <summary>When all was seen to be well again.</summary>
    public required double Well { get; init; }

    /// <summary>From the end of the trouble until messages flowed again; null when that was not seen.</summary>
    public required double? RecoverySeconds { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<string> Failures { get; init; }

    public bool Passed => Failures.Count == 0;
}
