using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>When faults lasted. Times are microseconds.</summary>
internal sealed class FaultTimes
{
    private readonly List<(string Fault, long Began, long? Ended)> _faults = [];

    /// <summary>Those that may cost messages and of which not all is well again.</summary>
    private readonly HashSet<string> _costly = [];

    public int Count => _faults.Count;

    /// <summary>Whether clients may be told now that messages are lost.</summary>
    public bool MayLose => _costly.Count > 0;

    public void Begin(FaultBegan fault)
    {
        _faults.Add((fault.Fault, fault.At, null));
        if (fault.MayLose)
            _costly.Add(fault.Fault);
    }

    public void BeWell(string fault) => _costly.Remove(fault);

    public void End(string fault, long at)
    {
        var index = _faults.FindLastIndex(known => known.Fault == fault && known.Ended is null);
        if (index >= 0)
            _faults[index] = _faults[index] with { Ended = at };
    }

    /// <summary>How long something took that went on from <paramref name="began"/> to <paramref name="ended"/>, not counting what came before the end of a fault that lasted meanwhile.</summary>
    public long Unexcused(long began, long ended)
    {
        var since = began;
        foreach (var (_, faultBegan, faultEnded) in _faults)
        {
            if (faultBegan <= ended && (faultEnded ?? long.MaxValue) > since)
                since = Math.Min(faultEnded ?? ended, ended);
        }

        return ended - since;
    }
}
