using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.ChatServer.History;

namespace AspireChat.ChatServer.Backplane.PubSub;

/// <summary>
/// The classic fix: a message is published on its room's channel in Redis, and every instance relays what its subscription brings. Whatever is published
/// while a subscription is interrupted is lost for that instance, silently: this mode is here to be compared with.
/// </summary>
internal sealed class PubSubBackplane(
    RedisConnections redis,
    RedisKeys keys,
    MessageMarks marks,
    TimeProvider time,
    BackplaneMetrics metrics,
    ILogger<PubSubBackplane> logger) : IBackplane
{
    private readonly PublishTrouble _trouble = new(logger);

    public BackplaneMode Mode => BackplaneMode.PubSub;

    public IRoomHistory? History => null;

    public async ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        PublishStatus status;
        try
        {
            await RedisChannels.PublishAsync(redis, keys.RoomChannel(publication.Room), MessageEnvelope.Encode(marks.Next(), publication));
            _trouble.Over();
            status = PublishStatus.Published;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            _trouble.Note(exception);
            status = PublishStatus.Unavailable;
        }

        metrics.Of(publication.Room).Published(Mode, status, time.GetElapsedTime(started));
        return new PublishResult(status);
    }

    public async ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            await RedisChannels.PublishAsync(redis, keys.RoomChannel(room), SignalEnvelope.Encode(signal));
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            metrics.SignalLost();
        }
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken)
    {
        var listener = new PubSubRoom(sink, marks, metrics.Of(room));
        var subscription = await redis.Subscriptions.SubscribeAsync(keys.RoomChannel(room), listener, cancellationToken);
        listener.Begin();
        return subscription;
    }

    public ValueTask DisposeAsync() => default;
}
