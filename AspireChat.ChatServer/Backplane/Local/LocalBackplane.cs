using System.Collections.Concurrent;
using AspireChat.ChatServer.History;

namespace AspireChat.ChatServer.Backplane.Local;

/// <summary>The bug, kept for show: a message reaches the connections of the instance that took it, and nobody else.</summary>
internal sealed class LocalBackplane(TimeProvider time, BackplaneMetrics metrics) : IBackplane
{
    private readonly ConcurrentDictionary<string, LocalRoom> _rooms = new(StringComparer.Ordinal);

    public BackplaneMode Mode => BackplaneMode.Local;

    public IRoomHistory? History => null;

    public ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (_rooms.TryGetValue(publication.Room, out var room))
            room.Deliver(new RoomMessage { Body = publication.Body, TraceContext = publication.TraceContext });

        var duration = time.GetElapsedTime(started);
        metrics.Delivered(duration);
        metrics.Published(Mode, PublishStatus.Published, duration);
        return new(new PublishResult(PublishStatus.Published));
    }

    public ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken)
    {
        if (_rooms.TryGetValue(room, out var local))
            local.Signal(signal);
        return default;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken)
    {
        var local = new LocalRoom(sink, ended => _rooms.TryRemove(KeyValuePair.Create(room, ended)));
        if (!_rooms.TryAdd(room, local))
            throw new InvalidOperationException($"The room '{room}' is already subscribed. Dispose its subscription first.");

        local.Begin();
        return new(local);
    }

    public ValueTask DisposeAsync() => default;
}
