namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>
/// The instruments of one resource, with a bound on all their points together. At the bound the past grows coarser first, so
/// that hours stay in view, and only then the oldest points go. Used under the store's lock only.
/// </summary>
public sealed class ResourceMetrics(TelemetryLimits limits) : IBudgeted
{
    // From which age on how much of the past is told apart: finer than a chart of that span can show.
    private static readonly (TimeSpan Age, TimeSpan Interval)[] Coarsening =
    [
        (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5)),
        (TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(30)),
        (TimeSpan.FromHours(2), TimeSpan.FromMinutes(2)),
    ];

    private readonly Dictionary<InstrumentKey, MetricInstrument> _instruments = [];

    public MetricSize Size { get; private set; }

    public long Weight => Size.Bytes;

    public IReadOnlyCollection<MetricInstrument> Instruments => _instruments.Values;

    public MetricInstrument? Find(InstrumentKey key) => _instruments.GetValueOrDefault(key);

    /// <summary>False where a limit other than that of the points refuses the measurement.</summary>
    public bool Add(InstrumentInfo info, in MetricMeasurement measurement)
    {
        if (!_instruments.TryGetValue(info.Key, out var instrument))
        {
            if (_instruments.Count >= limits.MaxInstrumentsPerResource) return false;
            _instruments.Add(info.Key, instrument = new MetricInstrument(info, limits.MaxSeriesPerInstrument));
            Size += new MetricSize(0, info.Weight);
        }

        // The same name with another meaning: the sender contradicts itself.
        if (instrument.Info.Kind != info.Kind || instrument.Add(measurement) is not { } grown) return false;

        Size += grown;
        if (Size.Points > limits.MaxMetricsCount) MakeRoom(measurement.Time);
        return true;
    }

    public int GiveUp(long bytes)
    {
        var before = Size.Points;
        GiveUp(new MetricSize(0, Math.Max(1, bytes)));
        return before - Size.Points;
    }

    private void MakeRoom(Timestamp now)
    {
        foreach (var (age, interval) in Coarsening)
            foreach (var series in AllSeries()) series.Thin(now.Add(-age), interval);

        Recount();

        // A twentieth at a time: each point is then looked at about twenty times in its life, not once per arrival.
        var target = limits.MaxMetricsCount - limits.MaxMetricsCount / 20;
        if (Size.Points > target) GiveUp(new MetricSize(Size.Points - target, 0));
    }

    private void GiveUp(MetricSize much)
    {
        var target = Size - much;
        DropOldest(much);

        // Each series is down to its newest point and there is still too much: the quietest series go whole.
        if (Size.Exceeds(target)) DropQuietest(target);
    }

    private void DropOldest(MetricSize much)
    {
        var (times, weights) = (new long[Size.Points], new int[Size.Points]);
        var filled = 0;
        foreach (var series in AllSeries())
        {
            // The newest of each is not for the taking.
            for (var i = 0; i < series.Points.Count - 1; i++)
                (times[filled], weights[filled++]) = (series.Points[i].Time.UnixNanoseconds, series.Points[i].Weight);
        }

        Array.Sort(times, weights, 0, filled);
        var gone = 0;
        for (var sum = default(MetricSize); gone < filled && much.Exceeds(sum); gone++) sum += new MetricSize(1, weights[gone]);
        if (gone == 0) return;

        foreach (var series in AllSeries()) series.DropUntil(new Timestamp(times[gone - 1]));
        Recount();
    }

    private void DropQuietest(MetricSize target)
    {
        var byQuiet = from instrument in _instruments.Values
                      from series in instrument.Series
                      orderby series.Points[^1].Time
                      select (instrument, series);
        foreach (var (instrument, series) in byQuiet.ToList())
        {
            if (!Size.Exceeds(target)) return;
            instrument.Remove(series);
            Size -= series.Size;
            if (instrument.Series.Count > 0) continue;
            _instruments.Remove(instrument.Info.Key);
            Size -= new MetricSize(0, instrument.Info.Weight);
        }
    }

    private void Recount()
    {
        Size = default;
        foreach (var instrument in _instruments.Values) Size += new MetricSize(0, instrument.Info.Weight);
        foreach (var series in AllSeries()) Size += series.Size;
    }

    private IEnumerable<MetricSeries> AllSeries() => _instruments.Values.SelectMany(instrument => instrument.Series);
}
