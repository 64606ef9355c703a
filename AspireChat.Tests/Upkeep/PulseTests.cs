using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Upkeep;

public sealed class PulseTests : IDisposable
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Pulse _pulse;

    public PulseTests() => _pulse = new Pulse(_time);

    public void Dispose()
    {
        _stop.Cancel();
        _pulse.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void It_ticks_at_each_interval()
    {
        var loop = Loop(_pulse.Every(Quarter));

        Assert.Equal([1, 2, 3], Advance(3, Quarter, () => loop.Ticks));
    }

    [Fact]
    public void Those_that_begin_at_different_times_tick_together()
    {
        var (first, beats) = (Loop(_pulse.Every(Second)), 0);
        _time.Advance(TimeSpan.FromMilliseconds(600));
        var second = Loop(_pulse.Every(Second));

        _time.Advance(TimeSpan.FromMilliseconds(399));
        beats = first.Ticks + second.Ticks;
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(0, beats);
        Assert.Equal((1, 1), (first.Ticks, second.Ticks));
        Assert.Equal(first.Thread, second.Thread);
    }

    [Fact]
    public void What_needs_no_haste_ticks_once_a_second()
    {
        var loop = Loop(_pulse.Every(Quarter, isHasty: () => false));

        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 2], Advance(8, Quarter, () => loop.Ticks));
    }

    [Fact]
    public void What_comes_to_be_in_haste_ticks_at_its_interval_again_within_a_second()
    {
        var hasty = false;
        var loop = Loop(_pulse.Every(Quarter, isHasty: () => hasty));
        _time.Advance(Quarter);

        hasty = true;

        Assert.Equal([0, 0, 1, 2, 3], Advance(5, Quarter, () => loop.Ticks));
    }

    [Fact]
    public void Haste_is_noticed_at_once_while_another_is_in_haste()
    {
        var hasty = false;
        var other = Loop(_pulse.Every(Quarter));
        var loop = Loop(_pulse.Every(Quarter, isHasty: () => hasty));
        _time.Advance(Quarter);

        hasty = true;

        Assert.Equal([0, 1, 2], Advance(3, Quarter, () => loop.Ticks));
        Assert.Equal(4, other.Ticks);
    }

    [Fact]
    public void A_tick_that_nobody_waited_for_is_kept_but_only_one()
    {
        var timer = _pulse.Every(Quarter);
        Advance(3, Quarter, () => 0);

        var (kept, next) = (timer.WaitForNextTickAsync(_stop.Token).AsTask(), timer.WaitForNextTickAsync(_stop.Token).AsTask());

        Assert.True(kept.IsCompletedSuccessfully);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public void One_that_hangs_does_not_hold_up_the_others()
    {
        var stuck = _pulse.Every(Quarter);
        Assert.False(stuck.WaitForNextTickAsync(_stop.Token).AsTask().IsCompleted);
        var loop = Loop(_pulse.Every(Quarter));

        Assert.Equal([1, 2, 3], Advance(3, Quarter, () => loop.Ticks));
    }

    [Fact]
    public async Task It_can_be_rung_before_its_time()
    {
        var timer = _pulse.Every(Second);
        var tick = timer.WaitForNextTickAsync(_stop.Token).AsTask();

        timer.Ring();

        Assert.True(await tick.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Waiting_ends_with_its_cancellation_and_the_timer_can_be_waited_for_again()
    {
        var timer = _pulse.Every(Quarter);
        var tick = timer.WaitForNextTickAsync(_stop.Token).AsTask();

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tick);
        var next = timer.WaitForNextTickAsync(CancellationToken.None);
        _time.Advance(Quarter);
        Assert.True(await next);
    }

    [Fact]
    public void After_a_long_sleep_of_the_process_it_ticks_once_and_goes_on_in_step()
    {
        var loop = Loop(_pulse.Every(Quarter));
        _time.Advance(TimeSpan.FromSeconds(10.1));
        var after = loop.Ticks;

        _time.Advance(TimeSpan.FromMilliseconds(150));

        Assert.Equal((1, 2), (after, loop.Ticks));
    }

    [Fact]
    public void One_that_is_disposed_of_ticks_no_more()
    {
        var timer = _pulse.Every(Quarter);
        var loop = Loop(timer);
        _time.Advance(Quarter);

        timer.Dispose();
        _time.Advance(Second);

        Assert.Equal(1, loop.Ticks);
    }

    [Fact]
    public async Task By_the_real_clock_it_neither_misses_nor_repeats_a_tick()
    {
        using var pulse = new Pulse(TimeProvider.System);
        using var timer = pulse.Every(TimeSpan.FromMilliseconds(50));
        await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        var started = TimeProvider.System.GetTimestamp();

        for (var tick = 0; tick < 10; tick++)
            Assert.True(await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(390), "Ten ticks came in less than eight intervals.");
    }

    private List<int> Advance(int times, TimeSpan by, Func<int> read)
    {
        var seen = new List<int>();
        for (var time = 0; time < times; time++)
        {
            _time.Advance(by);
            seen.Add(read());
        }

        return seen;
    }

    private TickLoop Loop(PulseTimer timer)
    {
        var loop = new TickLoop();
        _ = loop.RunAsync(timer, _stop.Token);
        return loop;
    }

    private sealed class TickLoop
    {
        public int Ticks { get; private set; }

        public int Thread { get; private set; }

        public async Task RunAsync(PulseTimer timer, CancellationToken cancellationToken)
        {
            // As in the app, where no context asks to be gone back to.
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                Ticks++;
                Thread = Environment.CurrentManagedThreadId;
            }
        }
    }
}
