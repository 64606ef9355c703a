using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;

namespace AspireChat.ChatServer.Rooms;

/// <summary>The backplane of an instance that does not know its mode yet: everything on it is unavailable.</summary>
internal sealed class NoBackplane(BackplaneMode mode) : IBackplane
{
    public BackplaneMode Mode => mode;

    public IRoomHistory? History => null;

    public ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken) => new(PublishResult.Unavailable);

    public ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken) =>
        throw new BackplaneUnavailableException("This instance has not learned the mode of the backplane yet.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
