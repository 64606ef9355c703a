namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>The newest log entries of each resource, so that a talkative one does not push out the words of a quiet one, bounded by number and all together by memory. Safe for use from any thread.</summary>
public sealed class LogStore(TelemetryLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TelemetryResource, ResourceLogs> _byResource = [];
    private readonly MemoryBudget _budget = new(limits.MaxBytes);
    private long _lastNumber;

    /// <summary>Raised after entries came in, were read, or were cleared.</summary>
    public ChangeSignal Changes { get; } = new(time);

    /// <summary>Raised at once with each batch, for those who stream. Must return quickly.</summary>
    public event Action<IReadOnlyList<LogEntry>>? Added;

    /// <summary>Entries that had to go because all together weighed too much.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock) return _budget.Dropped;
        }
    }

    /// <summary>Roughly the bytes of all that is kept.</summary>
    public long Weight
    {
        get
        {
            lock (_lock) return _budget.Used;
        }
    }

    public void Add(IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count == 0) return;

        lock (_lock)
        {
            foreach (var entry in entries)
            {
                entry.Number = ++_lastNumber;
                var logs = OfResource(entry.Resource);
                var before = logs.Weight;
                logs.Add(entry);
                _budget.Change(logs.Weight - before);
            }

            _budget.Fit(_byResource.Values);
        }

        Added?.Invoke(entries);
        Changes.Raise();
    }

    /// <summary>The entries of the given resources, of all where null, in no particular order between resources.</summary>
    public LogEntry[] Read(IReadOnlyCollection<TelemetryResource>? of = null)
    {
        lock (_lock)
        {
            var chosen = _byResource.Values.Where(logs => of is null || of.Contains(logs.Resource)).ToList();
            var entries = new LogEntry[chosen.Sum(logs => logs.Count)];
            var rest = entries.AsSpan();
            foreach (var logs in chosen)
            {
                logs.CopyTo(rest);
                rest = rest[logs.Count..];
            }

            return entries;
        }
    }

    /// <summary>Errors of each resource that nobody has looked at yet.</summary>
    public IReadOnlyDictionary<TelemetryResource, int> ReadUnreadErrors()
    {
        lock (_lock) return _byResource.Where(entry => entry.Value.UnreadErrors > 0).ToDictionary(entry => entry.Key, entry => entry.Value.UnreadErrors);
    }

    /// <summary>The errors of the given resources, of all where null, have been looked at.</summary>
    public void MarkErrorsRead(IReadOnlyCollection<TelemetryResource>? of = null)
    {
        var any = false;
        lock (_lock)
        {
            foreach (var logs in _byResource.Values.Where(logs => logs.UnreadErrors > 0 && (of is null || of.Contains(logs.Resource))))
            {
                logs.UnreadErrors = 0;
                any = true;
            }
        }

        if (any) Changes.Raise();
    }

    public void Clear(IReadOnlyCollection<TelemetryResource>? of = null)
    {
        lock (_lock)
        {
            foreach (var logs in _byResource.Values.Where(logs => of is null || of.Contains(logs.Resource)).ToList())
            {
                _byResource.Remove(logs.Resource);
                _budget.Change(-logs.Weight);
            }
        }

        Changes.Raise();
    }

    private ResourceLogs OfResource(TelemetryResource resource)
    {
        if (!_byResource.TryGetValue(resource, out var logs)) _byResource.Add(resource, logs = new ResourceLogs(resource, limits));
        return logs;
    }
}
