using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;

namespace AspireChat.Tests.Cluster;

/// <summary>A backplane that carries signals only, over a <see cref="SignalHub"/>.</summary>
internal sealed class HubBackplane(SignalHub hub, HubUser owner, BackplaneMode mode, long version) : IBackplane
{
    public BackplaneMode Mode => mode;

    public long Version => version;

    public IRoomHistory? History => null;

    public bool Disposed { get; private set; }

    public ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken)
    {
        if (mode == BackplaneMode.Local)
        {
            owner.Hear(room, signal);
            return ValueTask.CompletedTask;
        }

        foreach (var user in hub.Users.Keys.Where(user => user.Current.Mode != BackplaneMode.Local))
            user.Hear(room, signal);
        return ValueTask.CompletedTask;
    }

    public ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The hub carries signals only.");

    public ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The hub carries signals only.");

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
