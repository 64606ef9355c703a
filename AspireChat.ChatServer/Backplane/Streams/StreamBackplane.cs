using System.Collections.Concurrent;
using AspireChat.ChatServer.History;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// Each message gets a place in its room's stream by one atomic script, which stores and publishes it; each instance makes sure that it hands on the
/// stream without gap or repeat, whatever its subscription loses.
/// </summary>
/// <remarks>
/// An acknowledged message is in Redis, as durably as that Redis is configured. Nothing is delivered before Redis has given it its place: the sender's
/// own members get it in order like everybody else. Publications share calls, see <see cref="PublishQueue"/>; reads of a room wait for no other, and no lock
/// is held over a call.
/// </remarks>
internal sealed class StreamBackplane : IBackplane
{
    private readonly ConcurrentDictionary<string, RoomSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly StreamServices _services;
    private readonly StreamStore _store;
    private readonly KnownRooms _rooms;
    private readonly StreamRepair _repair;
    private readonly ContinuityWatch _watch;
    private readonly PublishTrouble _trouble;
    private readonly Task _watching;
    private int _superseded;

    public StreamBackplane(StreamServices services, long version)
    {
        _services = services;
        _store = new StreamStore(services.Redis, new StreamScripts(services.Options), services.Options, services.Marks, version);
        _rooms = new KnownRooms(services.Keys, services.Time);
        _repair = new StreamRepair(_store, services.Time, services.Logger, _stopping.Token);
        _trouble = new PublishTrouble(services.Logger);
        var history = new StreamHistory(_store, _rooms, services.Time, services.Metrics);
        History = history;
        _watch = new ContinuityWatch(_subscriptions, _store, _rooms, history, services.Pulse, services.Time, services.Logger);
        services.Redis.Subscriptions.Restored += _watch.CheckAll;
        _watching = _watch.RunAsync(_stopping.Token);
    }

    public BackplaneMode Mode => BackplaneMode.Stream;

    public IRoomHistory? History { get; }

    public async ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = _services.Time.GetTimestamp();
        var result = await StoreAsync(publication, cancellationToken);
        if (result.Position is { } position && _subscriptions.TryGetValue(publication.Room, out var subscription))
            _watch.Expect(subscription.Stream, position);

        _services.Metrics.Of(publication.Room).Published(Mode, result.Status, _services.Time.GetElapsedTime(started));
        return result;
    }

    public async ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            await Redis.RedisChannels.PublishAsync(_services.Redis, _rooms.Get(room).Channel, Envelopes.SignalEnvelope.Encode(signal));
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            _services.Metrics.SignalLost();
        }
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken)
    {
        var stream = new RoomStream(_rooms.Get(room), sink, _repair, _services.Marks, _services.Metrics.Of(room));
        var subscription = new RoomSubscription(stream, ended => _subscriptions.TryRemove(KeyValuePair.Create(room, ended)))
        {
            CheckDue = _watch.FirstCheck(),
            Kept = _services.Time.GetTimestamp(),
        };
        while (!_subscriptions.TryAdd(room, subscription))
        {
            if (!_subscriptions.TryGetValue(room, out var former))
                continue;
            if (!former.HasEnded)
                throw new InvalidOperationException($"The room '{room}' is already subscribed. Dispose its subscription first.");

            await former.Gone.WaitAsync(cancellationToken);
        }

        try
        {
            // Subscribe before asking where the stream stands, else messages between the two are lost.
            await subscription.ListenAsync(_services.Redis.Subscriptions, cancellationToken);
            var opened = await _store.OpenAsync(stream.Room, broken: null);
            if (opened.Status == StoreStatus.Superseded)
            {
                _services.Logger.Superseded(room, _store.Version);
                throw new BackplaneUnavailableException($"The stream of room '{room}' belongs to a later switch of the mode.");
            }

            stream.Begin(opened.Head);
            return subscription;
        }
        catch (Exception exception)
        {
            await subscription.DisposeAsync();
            if (RedisTrouble.Explains(exception))
                throw new BackplaneUnavailableException($"The stream of room '{room}' could not be opened, since Redis does not answer.", exception);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _services.Redis.Subscriptions.Restored -= _watch.CheckAll;
        await _stopping.CancelAsync();
        await _watching;
        await Task.WhenAll(_subscriptions.Values.Select(subscription => subscription.DisposeAsync().AsTask()));
        _store.Dispose();
        _stopping.Dispose();
    }

    private async Task<PublishResult> StoreAsync(Publication publication, CancellationToken cancellationToken)
    {
        try
        {
            var storing = _store.PublishAsync(_rooms.Get(publication.Room), publication);
            var stored = await (cancellationToken.CanBeCanceled ? storing.WaitAsync(cancellationToken) : storing);
            _trouble.Over();
            switch (stored.Status)
            {
                case StoreStatus.Conflict:
                    return PublishResult.IdConflict;
                case StoreStatus.Superseded:
                    if (Interlocked.Exchange(ref _superseded, 1) == 0)
                        _services.Logger.Superseded(publication.Room, _store.Version);
                    return PublishResult.Unavailable;
                default:
                    return new PublishResult(PublishStatus.Published, stored.Head.Position);
            }
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // It may have been stored all the same: the same id again finds out.
            _trouble.Note(exception);
            return PublishResult.Unavailable;
        }
    }
}
