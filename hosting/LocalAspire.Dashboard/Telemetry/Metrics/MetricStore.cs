namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>The metrics of each resource, bounded by their points and all together by memory. Safe for use from any thread.</summary>
public sealed class MetricStore(TelemetryLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TelemetryResource, ResourceMetrics> _byResource = [];
    private readonly MemoryBudget _budget = new(limits.MaxBytes);

    /// <summary>Raised after points came in or were cleared.</summary>
    public ChangeSignal Changes { get; } = new(time);

    /// <summary>Points that had to go because all together weighed too much.</summary>
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

    /// <summary>Takes in measurements of one instrument and says how many it refused for a limit.</summary>
    public int Add(TelemetryResource resource, InstrumentInfo info, ReadOnlySpan<MetricMeasurement> measurements)
    {
        var refused = 0;
        lock (_lock)
        {
            if (!_byResource.TryGetValue(resource, out var metrics)) _byResource.Add(resource, metrics = new ResourceMetrics(limits));
            var before = metrics.Weight;
            foreach (ref readonly var measurement in measurements)
                if (!metrics.Add(info, measurement)) refused++;

            _budget.Change(metrics.Weight - before);
            _budget.Fit(_byResource.Values);
        }

        Changes.Raise();
        return refused;
    }

    /// <summary>The instruments of the given resources, each once, by meter and name.</summary>
    public IReadOnlyList<InstrumentInfo> ReadInstruments(IReadOnlyCollection<TelemetryResource> of)
    {
        lock (_lock)
        {
            return
            [
                .. _byResource.Where(entry => of.Contains(entry.Key))
                    .SelectMany(entry => entry.Value.Instruments)
                    .Select(instrument => instrument.Info)
                    .DistinctBy(info => info.Key)
                    .OrderBy(info => info.Key.Meter, StringComparer.Ordinal)
                    .ThenBy(info => info.Key.Name, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>The series of one instrument in the given resources, from <paramref name="since"/> on.</summary>
    public IReadOnlyList<SeriesSnapshot> ReadSeries(IReadOnlyCollection<TelemetryResource> of, InstrumentKey key, Timestamp since)
    {
        lock (_lock)
        {
            return
            [
                .. from entry in _byResource
                   where of.Contains(entry.Key)
                   from series in entry.Value.Find(key)?.Series ?? []
                   select new SeriesSnapshot(entry.Key, series.Attributes, series.ReadSince(since), series.ReadExemplars(since)),
            ];
        }
    }

    public int CountPoints(TelemetryResource resource)
    {
        lock (_lock) return _byResource.GetValueOrDefault(resource)?.Size.Points ?? 0;
    }

    public void Clear(IReadOnlyCollection<TelemetryResource>? of = null)
    {
        lock (_lock)
        {
            foreach (var (resource, metrics) in _byResource.Where(entry => of is null || of.Contains(entry.Key)).ToList())
            {
                _byResource.Remove(resource);
                _budget.Change(-metrics.Weight);
            }
        }

        Changes.Raise();
    }
}
