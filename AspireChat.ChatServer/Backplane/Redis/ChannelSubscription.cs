using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>
/// One channel that this instance listens to, over however many connections. Redis's reader only puts messages into the channel's queue; a loop of the
/// subscription's own takes them out, on the thread pool and only while there are any, so that no listener holds up another one's channel.
/// </summary>
internal sealed class ChannelSubscription(RedisSubscriptions owner, string channel, IChannelListener listener) : IAsyncDisposable
{
    /// <summary>Messages that may wait. Past it they are passed over until the queue is empty: memory is bounded, and the listener is told.</summary>
    public const int Bound = 4_096;

    private readonly Lock _hearing = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionMultiplexer? _connection;
    private ChannelMessageQueue? _queue;
    private ChannelPlace? _place;
    private bool _astray;
    private bool _ended;
    private bool _lost;
    private long _heardAt;

    public string Channel => channel;

    /// <summary>Completes when it was unsubscribed.</summary>
    public Task Gone => _gone.Task;

    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>When it brought anything last; a timestamp of the time provider, 0 before the first time.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>Where it was subscribed at the last look; null where that is of no account, or not known.</summary>
    public ChannelPlace? Place => Volatile.Read(ref _place);

    public bool IsOn(IConnectionMultiplexer connection) => Volatile.Read(ref _connection) == connection;

    /// <summary>Listens to the queue of a connection from now on; false where it does so already, or has ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="place">In a cluster, where it is subscribed; null where that is of no account or not known yet, and then the first look counts as a move.</param>
    /// <param name="lost">A fault on purpose: the queue brings nothing.</param>
    public bool Attach(IConnectionMultiplexer connection, ChannelMessageQueue queue, ChannelPlace? place, bool lost)
    {
        bool wasElsewhere;
        lock (_hearing)
        {
            if (_ended || _connection == connection)
                return false;

            (_connection, _queue) = (connection, queue);
            Volatile.Write(ref _lost, lost);
            wasElsewhere = _place is not null;
            _astray = place is null;
            Volatile.Write(ref _place, place ?? _place);
        }

        _ = ListenAsync(queue);
        if (wasElsewhere)
            TellMoved();
        return true;
    }

    /// <summary>
    /// In a cluster the client follows a channel whose slot has moved, or whose node has gone, by itself and without a word; what was published meanwhile
    /// passes it by. So it is looked where the channel is now.
    /// </summary>
    /// <param name="place">Null where it is nowhere.</param>
    /// <returns>Whether it has been nowhere for two looks, and should be made again.</returns>
    public bool See(ChannelPlace? place)
    {
        if (place is null)
        {
            var again = _astray;
            _astray = true;
            return again;
        }

        var (former, moved) = (Place, _astray);
        _astray = false;
        Volatile.Write(ref _place, place);
        if (moved || former != place)
            TellMoved();
        return false;
    }

    /// <summary>A fault on purpose: from now on it brings nothing, until it is made again.</summary>
    public void Lose() => Volatile.Write(ref _lost, true);

    /// <summary>Makes the subscription again on the present connection.</summary>
    public async Task RenewAsync()
    {
        await DetachAsync();
        await owner.ReconcileAsync();
    }

    /// <summary>Gives up what it has of its connection, so that it is made again at the next look.</summary>
    public async Task DetachAsync()
    {
        ChannelMessageQueue? queue;
        lock (_hearing)
        {
            queue = _queue;
            (_connection, _queue) = (null, null);
        }

        if (queue is not null)
            await queue.UnsubscribeAsync();
    }

    /// <summary>Ends it: when this returns at the latest, no call to the listener is under way and none begins.</summary>
    public async ValueTask DisposeAsync()
    {
        ChannelMessageQueue? queue;
        lock (_hearing)
        {
            if (_ended)
                return;

            _ended = true;
            queue = _queue;
        }

        await owner.RemoveAsync(this, queue);
        _gone.SetResult();
    }

    private async Task ListenAsync(ChannelMessageQueue queue)
    {
        var passedOver = 0;
        while (true)
        {
            if (!queue.TryRead(out var message))
            {
                if (passedOver > 0)
                {
                    Tell(queue, static (listener, passedOver) => listener.Missed(passedOver), passedOver);
                    passedOver = 0;
                }

                try
                {
                    message = await queue.ReadAsync();
                }
                catch (System.Threading.Channels.ChannelClosedException)
                {
                    Detach(queue);
                    return;
                }
            }

            if (owner.IsDeaf || Volatile.Read(ref _lost))
                continue;

            var now = owner.NoteHeard();
            Volatile.Write(ref _heardAt, now);
            Place?.HeardAt = now;
            if (passedOver > 0 || (queue.TryGetCount(out var waiting) && waiting > Bound))
                passedOver++;
            else if (!Tell(queue, static (listener, message) => listener.Hear(message), (ReadOnlyMemory<byte>)message.Message))
                return;
        }
    }

    /// <summary>False when this queue counts no more: another connection's has taken its place, or the subscription has ended.</summary>
    private bool Tell<T>(ChannelMessageQueue? queue, Action<IChannelListener, T> call, T argument)
    {
        lock (_hearing)
        {
            if (_ended || queue is null || _queue != queue)
                return false;

            try
            {
                call(listener, argument);
            }
            catch (Exception exception)
            {
                // One message that its listener cannot bear must not end the channel.
                owner.NoteFault(channel, exception);
            }

            return true;
        }
    }

    private void TellMoved()
    {
        owner.NoteMoved(channel);
        Tell(Volatile.Read(ref _queue), static (listener, _) => listener.Moved(), false);
    }

    /// <summary>A queue that somebody else closed: its connection's subscription is gone, and is made again at the next look.</summary>
    private void Detach(ChannelMessageQueue queue)
    {
        lock (_hearing)
        {
            if (_queue == queue)
                (_connection, _queue) = (null, null);
        }
    }
}
