using System.Diagnostics;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>At which of the targets a client connects next, and when: one further after each connection, unless it was told to go home.</summary>
internal sealed class Route
{
    private readonly int _home;
    private readonly int _targets;
    private readonly ReconnectPace _pace;
    private volatile int _target;
    private volatile bool _goingHome;
    private int _failures;
    private long? _moveAt;

    /// <param name="home">The target at which it begins.</param>
    /// <param name="targets">How many there are.</param>
    /// <param name="pace">How it comes back.</param>
    public Route(int home, int targets, ReconnectPace pace) => (_home, _target, _targets, _pace) = (home, home, targets, pace);

    public int Target => _target;

    /// <summary>Makes the next target the one at which it began, if it has ended up elsewhere.</summary>
    /// <returns>Whether it has.</returns>
    public bool GoHome() => _goingHome = _target != _home;

    /// <summary>Lets the next connection wait as long as a server asked for.</summary>
    public void MoveAfter(TimeSpan delay) => _moveAt = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);

    /// <summary>How long to wait with what a server has just refused.</summary>
    public TimeSpan Refused() => Pace.Jitter(_failures++);

    public void Succeeded() => _failures = 0;

    /// <returns>How long to wait before the next target is tried: as long as a server asked for, else as the pace says.</returns>
    public TimeSpan Next()
    {
        _target = _goingHome ? _home : (_target + 1) % _targets;
        _goingHome = false;
        if (_moveAt is not { } moveAt)
            return Pace.Next(_pace, _failures++);

        _moveAt = null;
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), moveAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
