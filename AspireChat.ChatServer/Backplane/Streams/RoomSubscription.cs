using AspireChat.ChatServer.Backplane.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>A room that this instance is subscribed to: its stream and its channel.</summary>
internal sealed class RoomSubscription(RoomStream stream, Action<RoomSubscription> ended) : IAsyncDisposable
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChannelSubscription? _channel;
    private int _ending;

    public RoomStream Stream => stream;

    /// <summary>When the tail is to be checked next; a timestamp of the time provider.</summary>
    public long CheckDue { get; set; }

    /// <summary>When the stream was last kept from expiring; a timestamp of the time provider.</summary>
    public long Kept { get; set; }

    /// <summary>Completes when the channel was unsubscribed and the room can be subscribed again.</summary>
    public Task Gone => _gone.Task;

    public bool HasEnded => Volatile.Read(ref _ending) == 1;

    public async Task ListenAsync(RedisSubscriptions subscriptions, CancellationToken cancellationToken) =>
        _channel = await subscriptions.SubscribeAsync(stream.Room.Channel, stream, cancellationToken);

    /// <summary>Subscribes the channel again, since it brings nothing.</summary>
    public async Task RenewAsync()
    {
        stream.Trust();
        if (_channel is { } channel)
            await channel.RenewAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ending, 1) == 1)
            return;

        stream.Close();
        if (_channel is not null)
            await _channel.DisposeAsync();
        ended(this);
        _gone.SetResult();
    }
}
