namespace LocalAspire.Dashboard.Telemetry;

/// <summary>One sender's telemetry of one kind, which shares a <see cref="MemoryBudget"/> with the other senders'.</summary>
internal interface IBudgeted
{
    /// <summary>Roughly what is kept costs in memory; 0 where nothing is.</summary>
    long Weight { get; }

    /// <summary>Gives up at least so many bytes, and something in any case: the oldest first, the newest last. Returns how many things went.</summary>
    int GiveUp(long bytes);
}
