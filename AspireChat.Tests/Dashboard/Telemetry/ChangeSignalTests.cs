using LocalAspire.Dashboard.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Dashboard.Telemetry;

public sealed class ChangeSignalTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_thousand_changes_make_one_call()
    {
        var signal = new ChangeSignal(_time);
        var calls = 0;
        using var subscription = signal.Subscribe(Interval, () => Task.FromResult(++calls));

        signal.Raise();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, calls);

        for (var i = 0; i < 1000; i++) signal.Raise();
        _time.Advance(TimeSpan.FromMilliseconds(298));
        Assert.Equal(1, calls);

        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_change_during_a_call_makes_another_after_the_interval()
    {
        var signal = new ChangeSignal(_time);
        var (calls, running) = (0, new TaskCompletionSource());
        using var subscription = signal.Subscribe(Interval, () =>
        {
            calls++;
            return running.Task;
        });

        signal.Raise();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        signal.Raise();
        _time.Advance(Interval * 10);
        Assert.Equal(1, calls);

        running.SetResult();
        await Eventually.Is("the second call came", () =>
        {
            _time.Advance(Interval);
            return calls == 2;
        });
    }

    [Fact]
    public void After_its_disposal_nothing_is_called()
    {
        var signal = new ChangeSignal(_time);
        var calls = 0;
        var subscription = signal.Subscribe(Interval, () => Task.FromResult(++calls));

        signal.Raise();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        signal.Raise();
        subscription.Dispose();
        _time.Advance(Interval * 2);
        signal.Raise();
        _time.Advance(Interval * 2);

        Assert.Equal(1, calls);
    }
}
