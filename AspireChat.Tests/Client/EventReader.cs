using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>Reads a room's events one by one.</summary>
internal sealed class EventReader(ChatRoom room) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<RoomEvent> _events = room.ReadEventsAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();

    /// <summary>The next event, which must be of this kind.</summary>
    public async Task<T> NextAsync<T>()
        where T : RoomEvent
    {
        Assert.True(await _events.MoveNextAsync().AsTask().SoonAsync(), $"The events ended instead of bringing {typeof(T).Name}.");
        return Assert.IsType<T>(_events.Current);
    }

    /// <summary>The next events are messages at these offsets.</summary>
    public async Task ExpectOffsetsAsync(params long[] offsets)
    {
        foreach (var offset in offsets)
            Assert.Equal(offset, (await NextAsync<MessageReceived>()).Message.Position!.Value.Offset);
    }

    /// <summary>The events end here.</summary>
    public async Task EndAsync() => Assert.False(await _events.MoveNextAsync().AsTask().SoonAsync(), $"Another event came: {_events.Current}");

    public async ValueTask DisposeAsync() => await _events.DisposeAsync();
}
