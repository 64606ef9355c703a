using System.Collections.Frozen;

namespace AspireChat.ChatServer.Security.Bans;

/// <summary>The users who may not take part, as this instance knows them; a second old at most.</summary>
/// <remarks>Thread-safe, and read at each send.</remarks>
internal sealed class BanList
{
    private volatile BanSnapshot _snapshot = BanSnapshot.None;

    public BanSnapshot Snapshot
    {
        get => _snapshot;
        set => _snapshot = value;
    }

    public bool Contains(string name) => _snapshot.Names is { Count: > 0 } names && names.Contains(name);
}

/// <summary>All bans at one time.</summary>
/// <param name="Version">Raised by each change; of two snapshots the one with the higher version counts.</param>
/// <param name="Names">The users' names.</param>
internal sealed record BanSnapshot(long Version, FrozenSet<string> Names)
{
    public static BanSnapshot None { get; } = new(0, []);
}
