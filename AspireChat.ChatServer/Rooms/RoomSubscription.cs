using System.Diagnostics.CodeAnalysis;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// A room's one subscription: made for its first user on this instance, ended some time after its last has gone, moved when the backplane is switched.
/// Each room takes its own turns; none waits for another.
/// </summary>
/// <remarks>Thread-safe. A user is whoever is in the room or about to join it.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle nobody asks for has nothing to dispose.")]
internal sealed class RoomSubscription(Room room, TimeProvider time, ILogger logger)
{
    /// <summary>How much recent history members get when the room moves into a stream.</summary>
    private const int RecentMessages = WireProtocol.DefaultHistory;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IAsyncDisposable? _subscription;
    private IBackplane? _on;
    private int _users;
    private bool _retired;
    private long _unusedSince;

    /// <summary>One user more.</summary>
    /// <returns>False when this subscription is over for good, and another object is to be asked.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _users += _retired ? 0 : 1;
            return !_retired;
        }
    }

    /// <summary>One user less.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                _unusedSince = time.GetTimestamp();
            }
        }
    }

    /// <summary>Sees to it that the room is subscribed on a backplane. Its caller has entered.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time.</exception>
    public async ValueTask EnsureAsync(IBackplane backplane, CancellationToken cancellationToken)
    {
        if (IsOn(backplane))
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsOn(backplane))
            {
                await SwitchToAsync(backplane, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes the room to another backplane if anybody uses it, and off the former in any case.</summary>
    /// <returns>Whether the room is where it should be.</returns>
    public async Task<bool> TryMoveAsync(IBackplane next, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (TryRelease())
            {
                await EndAsync();
            }
            else if (!IsOn(next))
            {
                await SwitchToAsync(next, cancellationToken);
            }

            return true;
        }
        catch (BackplaneUnavailableException exception)
        {
            logger.SubscribeFailed(room.Name, next.Mode.Name(), exception);
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the subscription when nobody has used the room for a while: who reloads a page is back before that.</summary>
    /// <returns>Whether it is over for good.</returns>
    public async Task<bool> TryRetireAsync(TimeSpan linger)
    {
        if (!IsUnusedFor(linger) || !_turn.Wait(0))
        {
            return false;
        }

        try
        {
            if (!TryRelease())
            {
                return false;
            }

            await EndAsync();
            lock (_gate)
            {
                // Somebody may have come while it was being ended; he waits for the turn, and subscribes again.
                return _retired = _users == 0;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether somebody uses the room and it has no subscription: a switch could not give it one.</summary>
    public bool NeedsMending
    {
        get
        {
            lock (_gate)
            {
                return _users > 0 && _on is null;
            }
        }
    }

    private bool IsOn(IBackplane backplane)
    {
        lock (_gate)
        {
            return _on == backplane;
        }
    }

    private bool IsUnusedFor(TimeSpan linger)
    {
        lock (_gate)
        {
            return _users == 0 && time.GetElapsedTime(_unusedSince) >= linger;
        }
    }

    private async Task SwitchToAsync(IBackplane next, CancellationToken cancellationToken)
    {
        SetOn(null);
        await EndAsync();
        room.Suspend(next.Mode);
        _subscription = await next.SubscribeAsync(room.Name, room, cancellationToken);
        SetOn(next);
        if (next.History is not null)
        {
            room.Admission.Resume(await ReadRecentAsync(next, cancellationToken));
        }
    }

    private void SetOn(IBackplane? backplane)
    {
        lock (_gate)
        {
            _on = backplane;
        }
    }

    /// <summary>With no users, takes the room for unsubscribed from now on: who enters later subscribes it anew.</summary>
    private bool TryRelease()
    {
        lock (_gate)
        {
            if (_users > 0)
            {
                return false;
            }

            _on = null;
            return true;
        }
    }

    private async Task EndAsync()
    {
        if (_subscription is not { } subscription)
        {
            return;
        }

        _subscription = null;
        try
        {
            await subscription.DisposeAsync();
        }
        catch (Exception exception)
        {
            logger.UnsubscribeFailed(room.Name, exception);
        }
    }

    private async Task<JoinStart?> ReadRecentAsync(IBackplane next, CancellationToken cancellationToken)
    {
        if (!room.Admission.HasWaiting)
        {
            return null;
        }

        try
        {
            var page = await next.History!.ReadNewestAsync(room.Name, RecentMessages, cancellationToken);
            return new JoinStart(new StreamPosition(page.Epoch, page.Top), MessageBounds.Newest(room.Encoder.Encode(page.Messages)), Recovered: false);
        }
        catch (BackplaneUnavailableException)
        {
            // The members go on from where the room stands; older messages they have seen, or can ask for.
            return null;
        }
    }
}
