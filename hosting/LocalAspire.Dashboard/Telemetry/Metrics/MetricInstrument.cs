namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>One instrument of one resource with its series. Used under the store's lock only.</summary>
public sealed class MetricInstrument(InstrumentInfo info, int maxSeries)
{
    private readonly Dictionary<AttributeSet, MetricSeries> _series = [];

    public InstrumentInfo Info => info;

    public IReadOnlyCollection<MetricSeries> Series => _series.Values;

    /// <summary>By how much the instrument grew; null where it has too many combinations of attributes already.</summary>
    public MetricSize? Add(in MetricMeasurement measurement)
    {
        var before = default(MetricSize);
        if (_series.TryGetValue(measurement.Attributes, out var series)) before = series.Size;
        else if (_series.Count >= maxSeries) return null;
        else _series.Add(measurement.Attributes, series = new MetricSeries(measurement.Attributes, info.Kind));

        series.Add(measurement);
        return series.Size - before;
    }

    /// <summary>Also lets go of its place: an instrument that was wide once must not keep the room for it.</summary>
    public void Remove(MetricSeries series)
    {
        _series.Remove(series.Attributes);
        if (_series.Capacity > 16 + 4 * _series.Count) _series.TrimExcess();
    }
}
