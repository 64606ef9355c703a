using AspireChat.ChatServer.Rebalancing;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Rebalancing;

public sealed class MovesInVainTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MovesInVain _inVain;

    public MovesInVainTests() => _inVain = new MovesInVain(_time);

    [Fact]
    public void When_the_lightest_instance_gains_nothing_there_is_a_pause_and_then_a_longer_one()
    {
        Assert.Equal(6, MovesUntilPause());
        AssertPausedFor(TimeSpan.FromMinutes(1));

        Assert.Equal(6, MovesUntilPause());
        AssertPausedFor(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void While_it_gains_there_is_none()
    {
        for (var lightest = 0; lightest < 50; lightest++)
        {
            Assert.False(_inVain.Add(Spread.Of(100, [100, lightest]), 5));
            Assert.False(_inVain.Add(Spread.Of(100, [100, lightest]), 5));
        }
    }

    [Fact]
    public void Once_it_was_even_the_next_time_begins_anew()
    {
        MovesUntilPause();
        _inVain.Reset();
        Assert.False(_inVain.IsPaused);

        MovesUntilPause();
        AssertPausedFor(TimeSpan.FromMinutes(1));
    }

    private int MovesUntilPause()
    {
        var looks = 1;
        while (!_inVain.Add(Spread.Of(100, [100, 3]), 10))
            looks++;
        return looks;
    }

    private void AssertPausedFor(TimeSpan length)
    {
        Assert.True(_inVain.IsPaused);
        _time.Advance(length - TimeSpan.FromSeconds(1));
        Assert.True(_inVain.IsPaused);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_inVain.IsPaused);
    }
}
