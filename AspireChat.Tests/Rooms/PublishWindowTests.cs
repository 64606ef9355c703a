using AspireChat.ChatServer.Rooms;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Rooms;

public sealed class PublishWindowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PublishWindow _window;

    public PublishWindowTests() => _window = new PublishWindow(maxMessages: 2, _time);

    [Fact]
    public async Task Whoever_comes_when_all_places_are_taken_waits_his_turn()
    {
        Assert.True(_window.TryEnter(1));
        Assert.True(await _window.EnterAsync(1));
        var (first, second) = (_window.EnterAsync(1), _window.EnterAsync(1));
        Assert.False(_window.TryEnter(1));

        _window.Exit(1);

        Assert.True(await first);
        Assert.False(second.IsCompleted);
        Assert.False(_window.TryEnter(1), "Nobody goes before one who waits.");
    }

    [Fact]
    public async Task Whoever_has_waited_for_too_long_is_refused_and_takes_no_place()
    {
        _window.TryEnter(1);
        _window.TryEnter(1);
        var early = _window.EnterAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        var late = _window.EnterAsync(1);

        _window.Exit(1);

        Assert.False(await early);
        Assert.True(await late);
    }

    [Fact]
    public async Task Bytes_count_too_and_one_message_always_goes()
    {
        Assert.True(await _window.EnterAsync(PublishWindow.MaxBytes + 1));
        Assert.False(_window.TryEnter(1));

        _window.Exit(PublishWindow.MaxBytes + 1);

        Assert.True(_window.TryEnter(1));
    }
}
