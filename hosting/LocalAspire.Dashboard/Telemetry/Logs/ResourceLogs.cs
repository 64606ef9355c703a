namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>The newest log entries of one resource. Used under the store's lock only.</summary>
public sealed class ResourceLogs(TelemetryResource resource, TelemetryLimits limits) : IBudgeted
{
    private readonly RingBuffer<LogEntry> _entries = new(limits.MaxLogCount);

    public TelemetryResource Resource => resource;

    public int Count => _entries.Count;

    public long Weight { get; private set; }

    /// <summary>Errors that came since the resource's logs were last looked at.</summary>
    public int UnreadErrors { get; set; }

    public void Add(LogEntry entry)
    {
        if (entry.IsError) UnreadErrors++;
        Weight += entry.Weight;
        if (_entries.Add(entry, out var evicted)) Weight -= evicted!.Weight;
    }

    public int GiveUp(long bytes)
    {
        var (before, target) = (_entries.Count, Weight - Math.Max(1, bytes));
        while (Weight > target && _entries.Count > 0) Weight -= _entries.RemoveOldest().Weight;
        return before - _entries.Count;
    }

    public void CopyTo(Span<LogEntry> destination) => _entries.CopyTo(destination);
}
