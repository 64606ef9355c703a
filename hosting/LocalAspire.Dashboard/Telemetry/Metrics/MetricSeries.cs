namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>The points of one instrument for one combination of attributes, in time order. Used under the store's lock only.</summary>
public sealed class MetricSeries(AttributeSet attributes, InstrumentKind kind)
{
    private const int MaxExemplars = 100;
    private const int WeightOfOne = 500;
    private const int WeightOfExemplar = 96;
    private static readonly TimeSpan RecentStart = TimeSpan.FromMinutes(1);

    private readonly int _ownWeight = WeightOfOne + attributes.Weight;
    private readonly List<MetricPoint> _points = [];
    private readonly RingBuffer<MetricExemplar> _exemplars = new(MaxExemplars);

    private long _pointWeight;

    // What the sender counted before it last started anew, and what it said last.
    private double _base;
    private Distribution? _baseDistribution;
    private double _last;
    private Distribution? _lastDistribution;
    private Timestamp _start;

    public AttributeSet Attributes => attributes;

    public MetricSize Size => new(_points.Count, _ownWeight + _pointWeight + (_exemplars.Count * WeightOfExemplar) + (_baseDistribution?.Weight ?? 0) + LastWeight);

    public IReadOnlyList<MetricPoint> Points => _points;

    /// <summary>Takes a measurement in. The series grows by no point where nothing moved, or it came late.</summary>
    public void Add(in MetricMeasurement measurement)
    {
        foreach (var exemplar in measurement.Exemplars ?? []) _exemplars.Add(exemplar, out _);

        // A repetition of what was sent already, or clocks gone back.
        if (_points.Count > 0 && measurement.Time <= _points[^1].Time) return;

        if (_points.Count == 0 && BeganJustNow(measurement)) Append(new MetricPoint(measurement.Start, 0));
        var point = ToTotal(measurement);

        // A value that stays costs two points, however long it does: the first and the last of the flat stretch.
        if (_points.Count >= 2 && SameValue(_points[^1], point) && SameValue(_points[^2], point)) RemoveNewest();
        Append(point);
    }

    /// <summary>The points from <paramref name="since"/> on, and the last before it: where the first difference starts.</summary>
    public MetricPoint[] ReadSince(Timestamp since)
    {
        var first = FirstAt(since);
        return [.. _points.Skip(Math.Max(0, first - 1))];
    }

    public MetricExemplar[] ReadExemplars(Timestamp since)
    {
        var all = new MetricExemplar[_exemplars.Count];
        _exemplars.CopyTo(all);
        return [.. all.Where(exemplar => exemplar.Time >= since)];
    }

    /// <summary>Keeps of each interval, before <paramref name="until"/>, the last point only.</summary>
    public void Thin(Timestamp until, TimeSpan interval)
    {
        var nanoseconds = interval.Ticks * 100;
        var (kept, end) = (0, FirstAt(until));
        for (var i = 0; i < _points.Count; i++)
        {
            var superseded = i + 1 < end && _points[i].Time.UnixNanoseconds / nanoseconds == _points[i + 1].Time.UnixNanoseconds / nanoseconds;
            if (superseded) _pointWeight -= _points[i].Weight;
            else _points[kept++] = _points[i];
        }

        RemoveRange(kept, _points.Count - kept);
    }

    /// <summary>Drops the points up to and with <paramref name="time"/>, but the newest of all.</summary>
    public void DropUntil(Timestamp time)
    {
        var gone = 0;
        while (gone < _points.Count - 1 && _points[gone].Time <= time) _pointWeight -= _points[gone++].Weight;
        RemoveRange(0, gone);
    }

    /// <summary>Then all that it counts came since its start, and the chart can show it; what an older one counted before belongs to no known moment.</summary>
    private bool BeganJustNow(in MetricMeasurement measurement) =>
        kind is InstrumentKind.Counter or InstrumentKind.Histogram && !measurement.Start.IsUnknown && measurement.Start < measurement.Time
        && measurement.Time.Since(measurement.Start) <= RecentStart.Ticks * 100;

    // Of a total that never started anew, the newest point holds the same object.
    private int LastWeight => _lastDistribution is null || ReferenceEquals(_lastDistribution, _points[^1].Distribution) ? 0 : _lastDistribution.Weight;

    private void Append(in MetricPoint point)
    {
        _points.Add(point);
        _pointWeight += point.Weight;
    }

    private void RemoveNewest()
    {
        _pointWeight -= _points[^1].Weight;
        _points.RemoveAt(_points.Count - 1);
    }

    /// <summary>Also lets go of their places: a series that was long once must not keep the room for it.</summary>
    private void RemoveRange(int index, int count)
    {
        _points.RemoveRange(index, count);
        if (_points.Capacity > 2 * _points.Count) _points.TrimExcess();
    }

    private static bool SameValue(MetricPoint left, MetricPoint right) => left.Value.Equals(right.Value);

    private MetricPoint ToTotal(in MetricMeasurement measurement)
    {
        if (kind == InstrumentKind.Gauge) return new MetricPoint(measurement.Time, measurement.Value);

        var value = measurement.Distribution?.Count ?? measurement.Value;
        var startedAnew = measurement.IsDelta || (_start != default && measurement.Start > _start) || (kind != InstrumentKind.UpDownCounter && value < _last);
        if (startedAnew)
        {
            // An amount that goes up and down starts anew from what it says; counts go on from where they were.
            if (kind != InstrumentKind.UpDownCounter || measurement.IsDelta) _base += _last;
            _baseDistribution = Sum(_baseDistribution, _lastDistribution);
        }

        (_last, _lastDistribution, _start) = (value, measurement.Distribution, measurement.Start);
        return new MetricPoint(measurement.Time, _base + value, Sum(_baseDistribution, measurement.Distribution));
    }

    private static Distribution? Sum(Distribution? total, Distribution? more) =>
        total is null ? more : more is null ? total : total.Add(more);

    private int FirstAt(Timestamp time)
    {
        var (low, high) = (0, _points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Time < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
