using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Presence;

/// <summary>
/// Decides what of a room's changes is announced when: each by its name while the room is small; one for all, once a second at most, when it is too
/// large for names to matter.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AnnouncementGate(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private RoomSignal? _owed;
    private long? _lastCount;

    /// <summary>Turns a change, and what was held back before it, into signals; <paramref name="again"/> tells when to ask again for what is held back now.</summary>
    public IReadOnlyList<RoomSignal> Pass(PresenceChange change, out TimeSpan? again)
    {
        var joined = change.Joined.Select(name => new RoomSignal(RoomSignalKind.Joined, name, change.Members));
        var left = change.Left.Select(name => new RoomSignal(RoomSignalKind.Left, name, change.Members));
        RoomSignal[] signals = [.. joined, .. left];

        again = null;
        lock (_gate)
        {
            if (change.Members <= RoomMembers.MaxNamed)
            {
                RoomSignal[] late = _owed is { } small ? [small with { Members = change.Members }] : [];
                _owed = null;
                return [.. late, .. signals];
            }

            _owed = signals is [.., var newest] ? newest : _owed;
            if (_owed is not { } owed)
                return [];

            if (_lastCount is { } last && time.GetElapsedTime(last) is var waited && waited < Interval)
            {
                again = Interval - waited;
                return [];
            }

            _owed = null;
            _lastCount = time.GetTimestamp();
            return [owed with { Members = change.Members }];
        }
    }
}
