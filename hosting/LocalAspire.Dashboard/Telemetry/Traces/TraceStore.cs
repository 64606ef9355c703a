namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>The newest traces, bounded by number and by memory. Safe for use from any thread.</summary>
public sealed class TraceStore(TelemetryLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TraceId, Trace> _byId = [];
    private readonly RingBuffer<Trace> _inOrder = new(limits.MaxTraceCount);
    private long _weight;

    /// <summary>Raised after spans came in or were cleared.</summary>
    public ChangeSignal Changes { get; } = new(time);

    /// <summary>Raised at once with each batch, for those who stream. Must return quickly.</summary>
    public event Action<IReadOnlyList<Span>>? Added;

    /// <summary>Roughly the bytes of all that is kept.</summary>
    public long Weight
    {
        get
        {
            lock (_lock) return _weight;
        }
    }

    public void Add(IReadOnlyList<Span> spans)
    {
        if (spans.Count == 0) return;

        lock (_lock)
            foreach (var span in spans) Add(span);

        Added?.Invoke(spans);
        Changes.Raise();
    }

    /// <summary>All traces, the one that appeared first at the start.</summary>
    public TraceSummary[] Read()
    {
        lock (_lock)
        {
            var summaries = new TraceSummary[_inOrder.Count];
            for (var i = 0; i < summaries.Length; i++) summaries[i] = _inOrder[i].Summarize();
            return summaries;
        }
    }

    public TraceSummary? Find(TraceId id)
    {
        lock (_lock) return _byId.GetValueOrDefault(id)?.Summarize();
    }

    public void Clear()
    {
        lock (_lock)
        {
            _byId.Clear();
            _inOrder.Clear();
            _weight = 0;
        }

        Changes.Raise();
    }

    private void Add(Span span)
    {
        if (!_byId.TryGetValue(span.TraceId, out var trace))
        {
            trace = new Trace(span.TraceId, limits);
            _byId.Add(trace.Id, trace);
            if (_inOrder.Add(trace, out var evicted)) Forget(evicted!);
        }

        var before = trace.Weight;
        trace.Add(span);
        _weight += trace.Weight - before;
        while (_weight > limits.MaxBytes && _inOrder.Count > 1) Forget(_inOrder.RemoveOldest());
    }

    private void Forget(Trace trace)
    {
        _byId.Remove(trace.Id);
        _weight -= trace.Weight;
    }
}
