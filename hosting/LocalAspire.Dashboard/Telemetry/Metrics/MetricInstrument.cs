namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>One instrument of one resource with its series. Used under the store's lock only.</summary>
public sealed class MetricInstrument(InstrumentInfo info, int maxSeries)
{
    private readonly Dictionary<AttributeSet, MetricSeries> _series = [];

    public InstrumentInfo Info => info;

    public IReadOnlyCollection<MetricSeries> Series => _series.Values;

    /// <summary>By how many points the instrument grew; null where it has too many combinations of attributes already.</summary>
    public int? Add(in MetricMeasurement measurement)
    {
        if (!_series.TryGetValue(measurement.Attributes, out var series))
        {
            if (_series.Count >= maxSeries) return null;
            _series.Add(measurement.Attributes, series = new MetricSeries(measurement.Attributes, info.Kind));
        }

        return series.Add(measurement);
    }
}
