namespace AspireChat.ChatServer.Backplane.Local;

/// <summary>A room's subscription in mode local: keeps the calls to the sink one after the other.</summary>
internal sealed class LocalRoom(IRoomSink sink, Action<LocalRoom> ended) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private bool _begun;

    public void Begin()
    {
        lock (_gate)
        {
            sink.Begin(position: null);
            _begun = true;
        }
    }

    public void Deliver(RoomMessage message)
    {
        lock (_gate)
        {
            if (_begun)
                sink.Deliver(message);
        }
    }

    public void Signal(RoomSignal signal)
    {
        lock (_gate)
        {
            if (_begun)
                sink.Signal(signal);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _begun = false;
        }

        ended(this);
        return default;
    }
}
