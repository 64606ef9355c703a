namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>
/// The instruments of one resource, with a bound on all their points together. At the bound the past grows coarser first, so
/// that hours stay in view, and only then the oldest points go. Used under the store's lock only.
/// </summary>
public sealed class ResourceMetrics(TelemetryLimits limits)
{
    // From which age on how much of the past is told apart: finer than a chart of that span can show.
    private static readonly (TimeSpan Age, TimeSpan Interval)[] Coarsening =
    [
        (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5)),
        (TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(30)),
        (TimeSpan.FromHours(2), TimeSpan.FromMinutes(2)),
    ];

    private readonly Dictionary<InstrumentKey, MetricInstrument> _instruments = [];

    public int PointCount { get; private set; }

    public IReadOnlyCollection<MetricInstrument> Instruments => _instruments.Values;

    public MetricInstrument? Find(InstrumentKey key) => _instruments.GetValueOrDefault(key);

    /// <summary>False where a limit other than that of the points refuses the measurement.</summary>
    public bool Add(InstrumentInfo info, in MetricMeasurement measurement)
    {
        if (!_instruments.TryGetValue(info.Key, out var instrument))
        {
            if (_instruments.Count >= limits.MaxInstrumentsPerResource) return false;
            _instruments.Add(info.Key, instrument = new MetricInstrument(info, limits.MaxSeriesPerInstrument));
        }

        // The same name with another meaning: the sender contradicts itself.
        if (instrument.Info.Kind != info.Kind || instrument.Add(measurement) is not { } grown) return false;

        PointCount += grown;
        if (PointCount > limits.MaxMetricsCount) MakeRoom(measurement.Time);
        return true;
    }

    private void MakeRoom(Timestamp now)
    {
        // A twentieth at a time: each point is then looked at about twenty times in its life, not once per arrival.
        var target = limits.MaxMetricsCount - limits.MaxMetricsCount / 20;
        foreach (var (age, interval) in Coarsening)
            foreach (var series in AllSeries()) PointCount -= series.Thin(now.Add(-age), interval);

        if (PointCount > target) DropOldest(PointCount - target);

        // Each series is down to its newest point and there are still too many: the quietest instruments go whole.
        if (PointCount > target) DropQuietest(target);
    }

    private void DropOldest(int count)
    {
        var times = new long[PointCount];
        var filled = 0;
        foreach (var series in AllSeries())
            foreach (var point in series.Points) times[filled++] = point.Time.UnixNanoseconds;

        Array.Sort(times);
        var from = new Timestamp(times[Math.Min(count, times.Length - 1)]);
        foreach (var series in AllSeries()) PointCount -= series.DropBefore(from);
    }

    private void DropQuietest(int target)
    {
        foreach (var (key, instrument) in _instruments.OrderBy(entry => entry.Value.Series.Max(series => series.Points[^1].Time)).ToList())
        {
            if (PointCount <= target) return;
            PointCount -= instrument.Series.Sum(series => series.Count);
            _instruments.Remove(key);
        }
    }

    private IEnumerable<MetricSeries> AllSeries() => _instruments.Values.SelectMany(instrument => instrument.Series);
}
