namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>The violations found: all are counted, and the first of each kind kept.</summary>
internal sealed class Findings
{
    private const int KeptPerKind = 20;

    private readonly SortedDictionary<ViolationKind, long> _counts = [];
    private readonly List<Violation> _kept = [];

    public IReadOnlyDictionary<ViolationKind, long> Counts => _counts;

    public IReadOnlyList<Violation> Kept => _kept;

    /// <summary>The time of the entry that is looked at, in microseconds.</summary>
    public long Now { get; set; }

    public void Add(ViolationKind kind, string description)
    {
        var count = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = count;
        if (count <= KeptPerKind)
            _kept.Add(new Violation(kind, Now / 1e6, description));
    }
}
