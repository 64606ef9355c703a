namespace AspireChat.ChatServer.Upkeep;

/// <summary>
/// The one timer behind all that this instance does regularly. A timer for each costs several wake-ups a tick: together, what is due at the same time is
/// begun by one, and the calls to Redis that it makes leave in one write.
/// </summary>
/// <remarks>
/// Thread-safe. All intervals are counted from the same moment, so those of a second coincide with every fourth of 250 ms. That moment is each process's own:
/// instances do not come to Redis all at once.
/// </remarks>
internal sealed class Pulse : IDisposable
{
    /// <summary>How often what needs no haste is looked at, whatever its interval; see <see cref="PulseTimer"/>.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>The system's timers may come so much before the clock that they are compared with.</summary>
    private static readonly TimeSpan MostEarly = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly List<PulseTimer> _timers = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _origin;
    private bool _disposed;

    public Pulse(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(static pulse => ((Pulse)pulse!).Beat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A timer of the pulse. It first ticks within the interval, and then at each.</summary>
    /// <param name="interval">From one tick to the next.</param>
    /// <param name="isHasty">
    /// Whether there is anything that the interval is for; where not, <see cref="Slow"/> is enough. Looked at with every beat of the pulse, so it is noticed at
    /// once while anything else is in haste, and else within <see cref="Slow"/>. Null: always.
    /// </param>
    public PulseTimer Every(TimeSpan interval, Func<bool>? isHasty = null)
    {
        var timer = new PulseTimer(this, interval, isHasty);
        lock (_gate)
        {
            _timers.Add(timer);
            Arm(_time.GetTimestamp());
        }

        return timer;
    }

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        _timer.Dispose();
    }

    internal void Remove(PulseTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private void Beat()
    {
        PulseTimer[] due;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var until = now + Ticks(MostEarly);
            due = [.. _timers.Where(timer => timer.Due <= until)];
            foreach (var timer in due)
                timer.Due = long.MaxValue;

            // Before anything is called: whatever it does, the next beat comes.
            Arm(until);
        }

        foreach (var timer in due)
            timer.Tick();
    }

    private void Arm(long now)
    {
        if (_disposed)
            return;

        var next = long.MaxValue;
        foreach (var timer in _timers)
        {
            timer.Due = Math.Min(timer.Due, After(now, timer.Pace));
            next = Math.Min(next, timer.Due);
        }

        if (next < long.MaxValue)
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, _time.GetElapsedTime(_time.GetTimestamp(), next).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private long After(long now, TimeSpan interval)
    {
        var ticks = Ticks(interval);
        return _origin + ((now - _origin) / ticks + 1) * ticks;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
