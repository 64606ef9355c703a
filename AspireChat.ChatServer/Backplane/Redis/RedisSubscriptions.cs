using System.Collections.Concurrent;
using System.Net;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>
/// What this instance subscribes to in Redis. Subscriptions outlive the connection: they are made again on whichever connection is the subscriber, and
/// whoever needs every message learns from <see cref="Restored"/> that some may have been lost.
/// </summary>
/// <remarks>Thread-safe. No channel waits for another; of one channel, an unsubscription is over before the next subscription begins.</remarks>
internal sealed class RedisSubscriptions : ISubscriberFault
{
    private const int AtOnce = 500;

    private readonly ConcurrentDictionary<string, ChannelSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EndPoint, ChannelPlace> _places = new();
    private readonly RedisConnection _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _reconciling;
    private long _heard;
    private long _deafUntil;
    private long _lostUntil;

    public RedisSubscriptions(RedisConnection connection, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _time = time;
        _logger = logger;
        _connection.Restored += () => _ = RestoreAsync();
    }

    /// <summary>All subscriptions stand again after they may have missed messages.</summary>
    public event Action? Restored;

    /// <summary>When the subscriber heard anything last; a timestamp of the time provider.</summary>
    public long LastHeard => Volatile.Read(ref _heard);

    /// <summary>When a channel brought anything last; a timestamp of the time provider, 0 where it never did.</summary>
    public long LastHeardOn(string channel) => _subscriptions.TryGetValue(channel, out var subscription) ? subscription.HeardAt : 0;

    /// <summary>When the server on which a channel is brought anything last, on this channel or another; a timestamp of the time provider, 0 where it never did.</summary>
    public long LastHeardBeside(string channel) => _subscriptions.TryGetValue(channel, out var subscription) ? subscription.Place?.HeardAt ?? subscription.HeardAt : 0;

    internal bool IsDeaf => Volatile.Read(ref _deafUntil) is not 0 and var until && _time.GetTimestamp() < until;

    /// <summary>Subscribes to a channel: when it returns, everything that is published from then on is heard.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time.</exception>
    public async ValueTask<ChannelSubscription> SubscribeAsync(string channel, IChannelListener listener, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new ChannelSubscription(this, channel, listener);
        while (!_subscriptions.TryAdd(channel, subscription))
        {
            if (!_subscriptions.TryGetValue(channel, out var former))
                continue;
            if (!former.HasEnded)
                throw new InvalidOperationException($"The channel '{channel}' already has a listener. Dispose its subscription first.");

            await former.Gone.WaitAsync(cancellationToken);
        }

        // Known to everybody before the connection is read: whoever puts another in its place afterwards subscribes this one too.
        try
        {
            await AttachAsync(subscription, _connection.Current, _connection.Topology, AreRoomsLost);
            return subscription;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            await subscription.DisposeAsync();
            throw new BackplaneUnavailableException($"The channel '{channel}' could not be subscribed, since Redis does not answer.", exception);
        }
    }

    /// <summary>Subscribes again whatever is not on the present connection, or, in a cluster, on no node of it. Cheap where nothing is missing.</summary>
    public async Task ReconcileAsync()
    {
        if (Interlocked.Exchange(ref _reconciling, 1) == 1)
            return;

        try
        {
            // All of a connection or none: a fault that ends meanwhile must not leave some of them lost.
            var (connection, topology, roomsLost) = (_connection.Current, _connection.Topology, AreRoomsLost);
            if (topology.IsCluster)
                await LookAroundAsync(connection, topology);

            var missing = _subscriptions.Values.Where(subscription => !subscription.IsOn(connection) && !subscription.HasEnded);
            if (topology.IsCluster && missing.Any())
                missing = await WithinReachAsync(missing, connection);
            foreach (var some in missing.Chunk(AtOnce))
            {
                // All are tried: one shard that is away must not keep the others' channels from being subscribed.
                var troubles = await Task.WhenAll(some.Select(subscription => TryAttachAsync(subscription, connection, topology, roomsLost)));
                if (Array.Find(troubles, trouble => trouble is not null) is { } first)
                    NoteNotSubscribed(first);
            }
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            NoteNotSubscribed(exception);
        }
        finally
        {
            Volatile.Write(ref _reconciling, 0);
        }
    }

    /// <summary>Tells everybody that messages may have been lost.</summary>
    public void RaiseRestored() => Restored?.Invoke();

    public void Deafen(TimeSpan duration) => Volatile.Write(ref _deafUntil, After(duration));

    public void LoseRooms(TimeSpan duration)
    {
        Volatile.Write(ref _lostUntil, After(duration));
        foreach (var subscription in _subscriptions.Values.Where(subscription => RedisKeys.IsRoomChannel(subscription.Channel)))
            subscription.Lose();
    }

    public Task DropAsync() => _connection.DropAsync();

    /// <summary>Whether what is subscribed to rooms now brings nothing; see <see cref="LoseRooms"/>.</summary>
    private bool AreRoomsLost => Volatile.Read(ref _lostUntil) is not 0 and var until && _time.GetTimestamp() < until;

    /// <returns>The timestamp of now.</returns>
    internal long NoteHeard()
    {
        var now = _time.GetTimestamp();
        Volatile.Write(ref _heard, now);
        return now;
    }

    internal void NoteMoved(string channel) => _logger.ChannelMoved(channel);

    internal void NoteFault(string channel, Exception exception) => _logger.ListenerFailed(channel, exception);

    internal async Task RemoveAsync(ChannelSubscription subscription, ChannelMessageQueue? queue)
    {
        try
        {
            if (queue is not null)
                await queue.UnsubscribeAsync();
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // Redis may go on sending until the connection ends; nobody listens.
            _logger.NotUnsubscribed(subscription.Channel, exception);
        }
        finally
        {
            _subscriptions.TryRemove(KeyValuePair.Create(subscription.Channel, subscription));
        }
    }

    private long After(TimeSpan duration) => _time.GetTimestamp() + (long)(duration.TotalSeconds * _time.TimestampFrequency);

    private async Task RestoreAsync()
    {
        try
        {
            await ReconcileAsync();

            // Answered behind the subscriptions on the same connection: from here on nothing more is lost, and what was lost can be looked for.
            if (!_connection.Topology.IsCluster)
                await _connection.Current.GetSubscriber().PingAsync();
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            NoteNotSubscribed(exception);
        }

        RaiseRestored();
    }

    private void NoteNotSubscribed(Exception exception)
    {
        // A link that is not there, or not yet, is told of where it is lost; what is missing is subscribed once it stands.
        if (exception is RedisConnectionException)
            _logger.NotYetSubscribed(exception);
        else
            _logger.NotAllSubscribed(exception);
    }

    /// <summary>Where the client has each channel now; see <see cref="ChannelSubscription.See"/>.</summary>
    private async Task LookAroundAsync(IConnectionMultiplexer connection, RedisTopology topology)
    {
        var subscriber = connection.GetSubscriber();
        var lost = _subscriptions.Values.Where(subscription => subscription.IsOn(connection) && subscription.See(PlaceOf(subscription.Channel, subscriber, topology)));
        foreach (var subscription in lost.ToArray())
            await subscription.DetachAsync();
    }

    /// <summary>Leaves out the channels of shards that are away: thousands of vain attempts a second help nobody.</summary>
    private static async Task<IEnumerable<ChannelSubscription>> WithinReachAsync(IEnumerable<ChannelSubscription> missing, IConnectionMultiplexer connection)
    {
        ClusterShard[] shards;
        try
        {
            shards = await ClusterShard.ReadAsync(connection);
        }
        catch (RedisException)
        {
            // Then it shows as each is tried.
            return missing;
        }

        var away = shards.Where(shard => !connection.GetServers().Any(server => server.IsConnected && server.EndPoint.Equals(shard.Primary))).ToArray();
        return away.Length == 0 ? missing : missing.Where(subscription => !away.Any(shard => shard.Has(connection.HashSlot(subscription.Channel))));
    }

    private ChannelPlace? PlaceOf(string channel, ISubscriber subscriber, RedisTopology topology) =>
        subscriber.SubscribedEndpoint(RedisChannels.Of(channel, topology)) is { } server ? _places.GetOrAdd(server, static server => new ChannelPlace(server)) : null;

    /// <returns>The trouble with Redis; null where there was none.</returns>
    private async Task<Exception?> TryAttachAsync(ChannelSubscription subscription, IConnectionMultiplexer connection, RedisTopology topology, bool roomsLost)
    {
        try
        {
            await AttachAsync(subscription, connection, topology, roomsLost);
            return null;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            return exception;
        }
    }

    private async Task AttachAsync(ChannelSubscription subscription, IConnectionMultiplexer connection, RedisTopology topology, bool roomsLost)
    {
        var channel = RedisChannels.Of(subscription.Channel, topology);
        var subscriber = connection.GetSubscriber();
        ChannelMessageQueue queue;
        try
        {
            queue = await subscriber.SubscribeAsync(channel);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // The client keeps a queue that it could not subscribe, subscribes it later and fills it, though nobody can read it: take it away.
            await subscriber.UnsubscribeAsync(channel, flags: CommandFlags.FireAndForget);
            throw;
        }

        // The client notes where it is just after it has said that it is.
        var place = topology.IsCluster ? PlaceOf(subscription.Channel, subscriber, topology) : null;
        for (var looks = 0; topology.IsCluster && place is null && looks < 10; looks++)
        {
            await Task.Yield();
            place = PlaceOf(subscription.Channel, subscriber, topology);
        }

        if (!subscription.Attach(connection, queue, place, roomsLost && RedisKeys.IsRoomChannel(subscription.Channel)))
            await queue.UnsubscribeAsync();
    }
}
