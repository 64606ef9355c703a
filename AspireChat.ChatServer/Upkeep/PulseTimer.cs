using System.Threading.Tasks.Sources;

namespace AspireChat.ChatServer.Upkeep;

/// <summary>
/// As a <see cref="PeriodicTimer"/>, for one waiting loop, of which a tick that nobody waits for is kept. The loop goes on where the pulse beats, on the same
/// thread as all others that are due: it must not block.
/// </summary>
internal sealed class PulseTimer(Pulse pulse, TimeSpan interval, Func<bool>? isHasty) : IValueTaskSource<bool>, IDisposable
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private CancellationTokenRegistration _cancellation;
    private State _state;
    private bool _ticked;

    private enum State
    {
        Free,
        Waiting,
        Told,
    }

    /// <summary>When it ticks next; a timestamp of the pulse's clock, written under the pulse's gate.</summary>
    internal long Due { get; set; } = long.MaxValue;

    /// <summary>From one tick to the next, as things are now.</summary>
    internal TimeSpan Pace => interval >= Pulse.Slow || isHasty is null || isHasty() ? interval : Pulse.Slow;

    /// <summary>Waits for the next tick; completes at once where one came since the last.</summary>
    /// <returns>True. There is no end but by cancellation.</returns>
    public ValueTask<bool> WaitForNextTickAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);

        short version;
        lock (_gate)
        {
            if (_state != State.Free)
                throw new InvalidOperationException("The timer is waited for already. Await one tick before waiting for the next.");
            if (_ticked)
            {
                _ticked = false;
                return ValueTask.FromResult(true);
            }

            _source.Reset();
            _source.RunContinuationsAsynchronously = false;
            (_state, version) = (State.Waiting, _source.Version);
        }

        // Not under the gate: what is cancelled already calls back at once.
        var registration = cancellationToken.UnsafeRegister(static (timer, token) => ((PulseTimer)timer!).Cancel(token), this);
        _cancellation = registration;
        return new ValueTask<bool>(this, version);
    }

    /// <summary>Ticks now, whatever the time: the loop goes on, but not on the caller's thread.</summary>
    public void Ring() => Tell(elsewhere: true);

    public void Dispose() => pulse.Remove(this);

    internal void Tick() => Tell(elsewhere: false);

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _cancellation.Dispose();
        lock (_gate)
            _state = State.Free;
        return _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Tell(bool elsewhere)
    {
        lock (_gate)
        {
            if (_state != State.Waiting)
            {
                _ticked = true;
                return;
            }

            _state = State.Told;
            _source.RunContinuationsAsynchronously = elsewhere;
        }

        _source.SetResult(true);
    }

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (_state != State.Waiting)
                return;

            _state = State.Told;
            _source.RunContinuationsAsynchronously = true;
        }

        _source.SetException(new OperationCanceledException(token));
    }
}
