using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Presence;

/// <summary>
/// One room's presence as this instance takes part in it: who is here, and, where there is Redis, what Redis is told. Both are kept in every mode, so
/// that a switch finds them ready; the mode decides which of them is announced and read.
/// </summary>
internal sealed class PresenceRoom
{
    private readonly PresenceAnnouncer _announcer;
    private readonly DueRooms _due;
    private readonly TimeSpan _grace;
    private readonly AnnouncementGate _gate;
    private readonly LocalMembers _members;
    private readonly PresenceStore? _store;
    private readonly PresenceWriter? _writer;
    private readonly LatestRead<RoomMembers>? _reads;

    public PresenceRoom(
        string name,
        PresenceAnnouncer announcer,
        DueRooms due,
        IOptions<PresenceOptions> options,
        TimeProvider time,
        ILogger logger,
        PresenceStore? store)
    {
        Name = name;
        _announcer = announcer;
        _due = due;
        _grace = options.Value.Grace;
        _gate = new AnnouncementGate(time);
        _members = new LocalMembers(_grace, time);
        if (store is null)
            return;

        _store = store;
        _writer = new PresenceWriter(name, _members, store, change => AnnounceAsync(change, shared: true), logger);
        _reads = new LatestRead<RoomMembers>(() => store.ReadAsync(name));
    }

    public string Name { get; }

    /// <summary>The members with a connection to this instance, or with one until a moment ago.</summary>
    public RoomMembers Here => _members.Read();

    /// <summary>Returns whether the connection was counted: not in a room that was closed meanwhile.</summary>
    public async ValueTask<bool> TryJoinAsync(string user)
    {
        if (_members.Add(user) is not { } change)
            return false;

        await AnnounceAsync(change, shared: false);
        if (_writer is not null)
            await _writer.WriteAsync(user);
        return true;
    }

    public async ValueTask LeaveAsync(string user)
    {
        if (_members.Remove(user))
            _due.Add(Name, _grace);
        if (_writer is not null)
            await _writer.WriteAsync(user);
    }

    /// <summary>The members over all instances; may throw what <see cref="Backplane.RedisTrouble"/> explains. Without Redis: those here.</summary>
    public Task<RoomMembers> ReadSharedAsync() => _reads?.ReadAsync() ?? Task.FromResult(Here);

    /// <summary>Takes out, and announces, the users whose time to come back is over, and announces what was held back.</summary>
    public async Task SettleAsync()
    {
        await AnnounceAsync(_members.Settle(), shared: false);
        if (_writer is not null)
            await _writer.WriteAsync();
    }

    /// <summary>
    /// Compares what Redis has with what this instance knows, and writes what differs; or everything, whatever Redis has. May throw what
    /// <see cref="Backplane.RedisTrouble"/> explains. Returns whether they agree afterwards.
    /// </summary>
    public async Task<bool> ReconcileAsync(bool rewrite)
    {
        if (_writer is null || _store is null)
            return true;

        if (rewrite)
        {
            await _writer.RewriteAsync();
            return _writer.InAgreement;
        }

        var (own, all, leaving) = await _store.CountAsync(Name);
        var here = _members.Connected;
        if (own != here || all < here)
            await _writer.RewriteAsync();
        else if (leaving > 0 || !_writer.InAgreement)
            await _writer.WriteAsync();
        return _writer.InAgreement;
    }

    /// <summary>Closes the room to newcomers if nobody is here and nothing of it is left to write.</summary>
    public bool TryClose() => _writer?.TryClose() ?? _members.TryClose();

    private async ValueTask AnnounceAsync(PresenceChange change, bool shared)
    {
        if (change.NextLeaves is { } next)
            _due.Add(Name, next);
        if (_announcer.Shared != shared)
            return;

        var signals = _gate.Pass(change, out var again);
        if (again is { } later)
            _due.Add(Name, later);
        await _announcer.TellAsync(Name, signals);
    }
}
