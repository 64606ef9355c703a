using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Client;

/// <summary>A clock that stands until it is advanced, and tells when somebody has begun to wait on it: advancing before that would be in vain.</summary>
internal sealed class ManualTime : FakeTimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _started = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_gate)
            _started.Add(dueTime);

        return timer;
    }

    /// <summary>Completes once a wait of just this length has begun that no earlier call has taken note of.</summary>
    public Task WaitBegunAsync(TimeSpan length) => Eventually.Is($"a wait of {length} has begun", () =>
    {
        lock (_gate)
            return _started.Remove(length);
    });
}
