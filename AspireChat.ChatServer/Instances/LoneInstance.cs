namespace AspireChat.ChatServer.Instances;

/// <summary>The leases of an instance without Redis: it is always alive, and the only one.</summary>
internal sealed class LoneInstance(OwnStatus own) : IInstanceLeases
{
    public Task<BeatResult> BeatAsync(InstanceStatus own, long order, bool claim) => Task.FromResult(new BeatResult(true, [], [own], Order: 1));

    public Task<IReadOnlyList<InstanceStatus>> ReadAsync() => Task.FromResult<IReadOnlyList<InstanceStatus>>([own.Now]);

    public Task EndAsync(string incarnation) => Task.CompletedTask;

    public Task<bool> RenewClaimAsync(string incarnation) => Task.FromResult(false);

    public Task<bool> ForgetAsync(string incarnation) => Task.FromResult(false);
}
