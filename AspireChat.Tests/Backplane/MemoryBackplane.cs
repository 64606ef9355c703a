using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;

namespace AspireChat.Tests.Backplane;

/// <summary>A backplane without Redis, in any mode: instances that share a hub are joined by it.</summary>
internal sealed class MemoryBackplane(MemoryHub hub, BackplaneMode mode = BackplaneMode.Stream, long version = 0) : IBackplane, IRoomHistory
{
    /// <summary>In mode local nothing is shared.</summary>
    private readonly MemoryHub _hub = mode == BackplaneMode.Local ? new MemoryHub() : hub;

    public BackplaneMode Mode => mode;

    public IRoomHistory? History => mode == BackplaneMode.Stream ? this : null;

    public bool IsDisposed { get; private set; }

    public async ValueTask<PublishResult> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var room = _hub.Room(publication.Room);
        var result = _hub.IsDown ? PublishResult.Unavailable
            : mode == BackplaneMode.Stream ? room.Store(publication, version)
            : room.Relay(publication);
        await Task.Yield();
        return result;
    }

    public ValueTask SignalAsync(string room, RoomSignal signal, CancellationToken cancellationToken)
    {
        _hub.Room(room).Signal(signal);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string room, IRoomSink sink, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        await Task.Yield();
        ThrowIfDown();
        return _hub.Room(room).Subscribe(sink, mode == BackplaneMode.Stream, version);
    }

    public async ValueTask<HistoryPage> ReadNewestAsync(string room, int limit, CancellationToken cancellationToken)
    {
        await BeginReadAsync();
        return _hub.Room(room).ReadNewest(limit);
    }

    public async ValueTask<HistoryPage> ReadAfterAsync(string room, StreamPosition after, int limit, CancellationToken cancellationToken)
    {
        await BeginReadAsync();
        return _hub.Room(room).ReadAfter(after, limit);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private async Task BeginReadAsync()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        await Task.Yield();
        ThrowIfDown();
        _hub.CountRead();
    }

    private void ThrowIfDown()
    {
        if (_hub.IsDown)
        {
            throw new BackplaneUnavailableException("The hub is down.");
        }
    }
}
