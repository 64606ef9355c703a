using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Components.Pages.Traces;

/// <summary>The spans of a trace as a tree, in time order, with the logs in their places.</summary>
public sealed class Waterfall
{
    private readonly Dictionary<SpanId, List<WaterfallRow>> _children = [];
    private readonly List<WaterfallRow> _roots = [];

    public Waterfall(TraceSummary trace, IEnumerable<LogEntry> logs)
    {
        Trace = trace;
        var byId = new Dictionary<SpanId, Span>();
        foreach (var span in trace.Spans.Span) byId.TryAdd(span.Id, span);
        foreach (var span in byId.Values) Siblings(span, byId).Add(new WaterfallRow(span, null, 0, false));
        foreach (var log in logs) (byId.ContainsKey(log.SpanId) ? ChildrenOf(log.SpanId) : _roots).Add(new WaterfallRow(byId.GetValueOrDefault(log.SpanId), log, 0, false));
        foreach (var siblings in _children.Values.Append(_roots)) siblings.Sort(static (left, right) => TimeOf(left).CompareTo(TimeOf(right)));

        Rows = Flatten(trace);
        Depth = Rows.Where(row => row.Log is null).Select(row => row.Depth + 1).DefaultIfEmpty().Max();
    }

    public TraceSummary Trace { get; }

    public IReadOnlyList<WaterfallRow> Rows { get; }

    public int Depth { get; }

    /// <summary>The lines that remain when these spans are folded.</summary>
    public List<WaterfallRow> Visible(IReadOnlySet<SpanId> folded)
    {
        var visible = new List<WaterfallRow>(Rows.Count);
        var hiddenBelow = int.MaxValue;
        foreach (var row in Rows)
        {
            if (row.Depth > hiddenBelow) continue;

            hiddenBelow = int.MaxValue;
            visible.Add(row);
            if (row is { Log: null, Span: { } span } && folded.Contains(span.Id)) hiddenBelow = row.Depth;
        }

        return visible;
    }

    /// <summary>Where an instant lies, in percent of the trace's time.</summary>
    public double Position(Timestamp time) => Trace.Duration == 0 ? 0 : Math.Clamp(100.0 * time.Since(Trace.Start) / Trace.Duration, 0, 100);

    private static Timestamp TimeOf(WaterfallRow row) => row.Log?.Time ?? row.Span!.Start;

    private List<WaterfallRow> Siblings(Span span, Dictionary<SpanId, Span> byId) =>
        !span.ParentId.IsNone && byId.ContainsKey(span.ParentId) ? ChildrenOf(span.ParentId) : _roots;

    private List<WaterfallRow> ChildrenOf(SpanId id)
    {
        if (!_children.TryGetValue(id, out var children)) _children.Add(id, children = []);
        return children;
    }

    private List<WaterfallRow> Flatten(TraceSummary trace)
    {
        // With a stack of its own: a trace may be as deep as it has spans. What is reached from no root, because spans name
        // each other as parents in a ring, comes last.
        var rows = new List<WaterfallRow>();
        var done = new HashSet<SpanId>();
        var stack = new Stack<WaterfallRow>();
        Push(_roots, 0);
        Drain();
        foreach (var span in trace.Spans.ToArray())
        {
            if (done.Contains(span.Id)) continue;
            stack.Push(new WaterfallRow(span, null, 0, false));
            Drain();
        }

        return rows;

        void Push(List<WaterfallRow> siblings, int depth)
        {
            for (var i = siblings.Count - 1; i >= 0; i--) stack.Push(siblings[i] with { Depth = depth });
        }

        void Drain()
        {
            while (stack.TryPop(out var row))
            {
                if (row.Log is null && !done.Add(row.Span!.Id)) continue;

                var children = row.Log is null ? _children.GetValueOrDefault(row.Span!.Id) : null;
                rows.Add(row with { HasChildren = children is { Count: > 0 } });
                if (children is not null) Push(children, row.Depth + 1);
            }
        }
    }
}
