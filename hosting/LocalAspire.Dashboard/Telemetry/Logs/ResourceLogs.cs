namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>The newest log entries of one resource. Used under the store's lock only.</summary>
public sealed class ResourceLogs(TelemetryResource resource, TelemetryLimits limits)
{
    private readonly RingBuffer<LogEntry> _entries = new(limits.MaxLogCount);
    private long _weight;

    public TelemetryResource Resource => resource;

    public int Count => _entries.Count;

    /// <summary>Errors that came since the resource's logs were last looked at.</summary>
    public int UnreadErrors { get; set; }

    public void Add(LogEntry entry)
    {
        if (entry.IsError) UnreadErrors++;
        _weight += entry.Weight;
        if (_entries.Add(entry, out var evicted)) _weight -= evicted!.Weight;
        while (_weight > limits.MaxBytes && _entries.Count > 1) _weight -= _entries.RemoveOldest().Weight;
    }

    public void CopyTo(Span<LogEntry> destination) => _entries.CopyTo(destination);
}
