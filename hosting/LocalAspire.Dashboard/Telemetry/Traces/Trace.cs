namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>A trace while its spans come in. Used under the store's lock only.</summary>
public sealed class Trace(TraceId id, TelemetryLimits limits)
{
    private const int ScanUpTo = 32;

    private Span[] _spans = new Span[4];
    private HashSet<SpanId>? _known;
    private TraceSummary? _summary;
    private int _dropped;

    public TraceId Id => id;

    public int Count { get; private set; }

    public int Weight { get; private set; }

    /// <summary>False where the span is already here (an exporter that got no answer sends again) or one too many, by number or by memory.</summary>
    public bool Add(Span span)
    {
        if (Knows(span.Id)) return false;

        _summary = null;
        var weight = span.Weight;
        if (Count >= limits.MaxSpansPerTrace || (Count > 0 && Weight + (long)weight > limits.MaxBytes))
        {
            _dropped++;
            return false;
        }

        // Summaries keep a view of this array: what they see is never written again, since spans are only added behind it.
        if (Count == _spans.Length) Array.Resize(ref _spans, 2 * Count);
        _spans[Count++] = span;
        _known?.Add(span.Id);
        Weight += weight;
        return true;
    }

    public TraceSummary Summarize() => _summary ??= TraceSummary.Of(id, _spans.AsMemory(0, Count), _dropped);

    private bool Knows(SpanId span)
    {
        if (_known is null && Count > ScanUpTo) _known = [.. _spans.Take(Count).Select(known => known.Id)];
        if (_known is not null) return _known.Contains(span);

        foreach (var known in _spans.AsSpan(0, Count))
            if (known.Id == span) return true;

        return false;
    }
}
