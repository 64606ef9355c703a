namespace AspireChat.ChatServer.Rebalancing;

/// <summary>
/// Notices that moving does not help: whoever is asked to move comes back here, because clients know only this instance, or because the load balancer does
/// not send anybody to the one that has too few. Then there is a pause, each time twice as long.
/// </summary>
/// <remarks>For one thread.</remarks>
internal sealed class MovesInVain(TimeProvider time)
{
    /// <summary>After so many looks and this many moves for each instance, something must have come of it.</summary>
    private const int Looks = 6;
    private const int MovesPerInstance = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(32);

    private TimeSpan _nextPause = FirstPause;
    private (long Since, TimeSpan Length)? _pause;
    private int? _lightest;
    private int _looks;
    private int _moves;

    /// <summary>Whether to wait and leave everybody where he is.</summary>
    public bool IsPaused => _pause is { } pause && time.GetElapsedTime(pause.Since) < pause.Length;

    /// <summary>So many are asked to move now.</summary>
    /// <returns>Whether that was the last time for a while.</returns>
    public bool Add(Spread spread, int moves)
    {
        if (spread.Lightest > _lightest)
            Reset();

        _lightest = spread.Lightest;
        _looks++;
        _moves += moves;
        if (_looks < Looks || _moves < MovesPerInstance * spread.Instances)
            return false;

        (_pause, _looks, _moves) = ((time.GetTimestamp(), _nextPause), 0, 0);
        _nextPause = _nextPause * 2 < LongestPause ? _nextPause * 2 : LongestPause;
        return true;
    }

    /// <summary>Moving has helped, or is not needed any more.</summary>
    public void Reset() => (_pause, _nextPause, _lightest, _looks, _moves) = (null, FirstPause, null, 0, 0);
}
