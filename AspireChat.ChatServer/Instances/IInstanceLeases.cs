using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Instances;

/// <summary>What a beat learned.</summary>
/// <param name="Held">Whether this instance's lease had not ended before the beat renewed it.</param>
/// <param name="Claimed">Expired incarnations that this instance is to clear up after.</param>
/// <param name="Live">The instances alive now.</param>
/// <param name="Order">Tells this incarnation from others of its name: the later one has the greater order. 0: a later one has taken the name, and nothing was renewed.</param>
internal sealed record BeatResult(bool Held, IReadOnlyList<string> Claimed, IReadOnlyList<InstanceStatus> Live, long Order);

/// <summary>The leases by which instances know who is alive. Every method may throw what <see cref="RedisTrouble"/> explains.</summary>
internal interface IInstanceLeases
{
    /// <summary>
    /// Renews this instance's lease, and ends those of former incarnations of its name; with <paramref name="claim"/>, takes on expired incarnations that
    /// nobody has claimed.
    /// </summary>
    /// <param name="own">What the others are to know of it.</param>
    /// <param name="order">What an earlier beat gave it; 0 with the first.</param>
    /// <param name="claim">Whether it clears up after others.</param>
    Task<BeatResult> BeatAsync(InstanceStatus own, long order, bool claim);

    Task<IReadOnlyList<InstanceStatus>> ReadAsync();

    /// <summary>Ends a lease at once.</summary>
    Task EndAsync(string incarnation);

    /// <summary>Renews the claim to clear up after an incarnation; false when it is alive again.</summary>
    Task<bool> RenewClaimAsync(string incarnation);

    /// <summary>Strikes an incarnation off, all of it being cleared; false when it is alive again.</summary>
    Task<bool> ForgetAsync(string incarnation);
}
