using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Instances;

/// <summary>What a beat learned.</summary>
/// <param name="Held">Whether this instance's lease had not ended before the beat renewed it.</param>
/// <param name="Claimed">Expired incarnations that this instance is to clear up after.</param>
/// <param name="Live">The instances alive now.</param>
internal sealed record BeatResult(bool Held, IReadOnlyList<string> Claimed, IReadOnlyList<InstanceStatus> Live);

/// <summary>The leases by which instances know who is alive. Every method may throw what <see cref="RedisTrouble"/> explains.</summary>
internal interface IInstanceLeases
{
    /// <summary>Renews this instance's lease; with <paramref name="claim"/>, takes on expired incarnations that nobody has claimed.</summary>
    Task<BeatResult> BeatAsync(InstanceStatus own, bool claim);

    Task<IReadOnlyList<InstanceStatus>> ReadAsync();

    /// <summary>Ends a lease at once.</summary>
    Task EndAsync(string incarnation);

    /// <summary>Renews the claim to clear up after an incarnation; false when it is alive again.</summary>
    Task<bool> RenewClaimAsync(string incarnation);

    /// <summary>Strikes an incarnation off, all of it being cleared; false when it is alive again.</summary>
    Task<bool> ForgetAsync(string incarnation);
}
