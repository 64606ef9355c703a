namespace LocalAspire.Dashboard.Telemetry;

/// <summary>
/// What all senders' telemetry of one kind may weigh together. Over it, whoever holds most gives up its oldest, again and again:
/// so a flood pushes out its own past, and a quiet sender keeps what it has as long as that is less than an equal share.
/// Used under the store's lock only.
/// </summary>
internal sealed class MemoryBudget(long maxBytes)
{
    // A twentieth at a time: making room looks at all that a sender holds.
    private const int Slices = 20;

    /// <summary>Roughly the bytes of all together.</summary>
    public long Used { get; private set; }

    /// <summary>How many things were given up for the budget since the start.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes note of what came in, or, below 0, of what went otherwise.</summary>
    public void Change(long bytes) => Used += bytes;

    /// <summary>Brings the holders below the budget where they are over it.</summary>
    public void Fit(IReadOnlyCollection<IBudgeted> holders)
    {
        if (Used <= maxBytes) return;

        while (Used > maxBytes - maxBytes / Slices)
        {
            var heaviest = holders.MaxBy(holder => holder.Weight)!;
            var before = heaviest.Weight;
            Dropped += heaviest.GiveUp(before / Slices);
            Used += heaviest.Weight - before;
        }
    }
}
