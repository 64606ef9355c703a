using System.Threading.Channels;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>Hands a room's calls to one sink, one after the other and in order, on a thread that is not the publisher's.</summary>
internal sealed class MemorySubscription : IAsyncDisposable
{
    private readonly Channel<Action<IRoomSink>> _calls = Channel.CreateUnbounded<Action<IRoomSink>>();
    private readonly SemaphoreSlim _open = new(1, 1);
    private readonly IRoomSink _sink;
    private readonly MemoryRoom _room;
    private readonly Task _pump;

    public MemorySubscription(IRoomSink sink, MemoryRoom room)
    {
        (_sink, _room) = (sink, room);
        _pump = Task.Run(PumpAsync);
    }

    public void Post(Action<IRoomSink> call) => _calls.Writer.TryWrite(call);

    public IDisposable HoldBack()
    {
        _open.Wait();
        return new Release(_open);
    }

    public async ValueTask DisposeAsync()
    {
        _room.Unsubscribe(this);
        _calls.Writer.TryComplete();
        await _pump;
    }

    private async Task PumpAsync()
    {
        await foreach (var call in _calls.Reader.ReadAllAsync())
        {
            await _open.WaitAsync();
            _open.Release();
            call(_sink);
        }
    }

    private sealed class Release(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
