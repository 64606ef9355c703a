namespace LocalAspire.Dashboard.Telemetry;

/// <summary>
/// Tells subscribers that something changed, however often it does, no more than once per interval of theirs. What changed
/// they look up themselves: many changes make one call, so pages stay lively while telemetry pours in.
/// </summary>
public sealed class ChangeSignal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];

    /// <summary>Raises the signal. Cheap, never blocks, never throws.</summary>
    public void Raise()
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions)) subscription.Raise();
    }

    /// <summary>
    /// Calls <paramref name="onChange"/> after a change, one call at a time, with at least <paramref name="interval"/> from the
    /// end of one call to the start of the next, until the result is disposed.
    /// </summary>
    public IDisposable Subscribe(TimeSpan interval, Func<Task> onChange)
    {
        var subscription = new Subscription(this, time, interval, onChange);
        lock (_lock) _subscriptions = [.. _subscriptions, subscription];
        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock) _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
    }

    private sealed class Subscription : IDisposable
    {
        private const int Idle = 0;
        private const int Scheduled = 1;
        private const int Running = 2;
        private const int RunningAndRaised = 3;
        private const int Disposed = 4;

        private readonly ChangeSignal _owner;
        private readonly TimeSpan _interval;
        private readonly Func<Task> _onChange;
        private readonly TimeProvider _time;
        private readonly ITimer _timer;
        private int _state = Idle;
        private long _lastEnd;

        public Subscription(ChangeSignal owner, TimeProvider time, TimeSpan interval, Func<Task> onChange)
        {
            _owner = owner;
            _time = time;
            _interval = interval;
            _onChange = onChange;
            _lastEnd = time.GetTimestamp() - (long)(interval.TotalSeconds * time.TimestampFrequency);
            _timer = time.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Raise()
        {
            if (Interlocked.CompareExchange(ref _state, Scheduled, Idle) == Idle) Schedule();
            else Interlocked.CompareExchange(ref _state, RunningAndRaised, Running);
        }

        public void Dispose()
        {
            Volatile.Write(ref _state, Disposed);
            _timer.Dispose();
            _owner.Remove(this);
        }

        private void Schedule()
        {
            var rest = _interval - _time.GetElapsedTime(_lastEnd);
            _timer.Change(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        private async Task RunAsync()
        {
            if (Interlocked.CompareExchange(ref _state, Running, Scheduled) != Scheduled) return;
            try
            {
                await _onChange();
            }
            catch (ObjectDisposedException)
            {
                // The page went away while its call was on its way.
            }
            finally
            {
                _lastEnd = _time.GetTimestamp();
                if (Interlocked.CompareExchange(ref _state, Idle, Running) != Running
                    && Interlocked.CompareExchange(ref _state, Scheduled, RunningAndRaised) == RunningAndRaised) Schedule();
            }
        }
    }
}
