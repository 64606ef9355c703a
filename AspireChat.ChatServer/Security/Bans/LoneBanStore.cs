using System.Collections.Frozen;

namespace AspireChat.ChatServer.Security.Bans;

/// <summary>The bans of an instance without Redis; they end with it.</summary>
internal sealed class LoneBanStore : IBanStore
{
    private readonly Lock _gate = new();
    private volatile BanSnapshot _snapshot = BanSnapshot.None;

    public Task<BanSnapshot> HoldAsync(BanSnapshot known) => Task.FromResult(_snapshot);

    public Task SetAsync(string name, bool banned, BanSnapshot known)
    {
        lock (_gate)
        {
            var names = banned ? _snapshot.Names.Append(name) : _snapshot.Names.Where(other => other != name);
            _snapshot = new BanSnapshot(_snapshot.Version + 1, names.ToFrozenSet());
        }

        return Task.CompletedTask;
    }
}
