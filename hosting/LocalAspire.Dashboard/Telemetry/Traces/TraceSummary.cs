namespace LocalAspire.Dashboard.Telemetry.Traces;

/// <summary>A trace as it was at one moment: what its row in the list shows, and its spans. Immutable.</summary>
public sealed class TraceSummary
{
    public required TraceId Id { get; init; }

    /// <summary>In order of arrival.</summary>
    public required ReadOnlyMemory<Span> Spans { get; init; }

    /// <summary>The span without a parent; while that is missing, the earliest.</summary>
    public required Span Root { get; init; }

    public required Timestamp Start { get; init; }
    public required Timestamp End { get; init; }

    /// <summary>By the start of each resource's first span.</summary>
    public required ResourceSpanCount[] Resources { get; init; }

    /// <summary>True where the trace follows a chat message: it has a span that receives or delivers one.</summary>
    public required bool IsMessage { get; init; }

    /// <summary>Spans that came past the limit and were not kept.</summary>
    public required int Dropped { get; init; }

    public int ErrorCount { get; init; }

    /// <summary>In nanoseconds.</summary>
    public long Duration => End.Since(Start);

    /// <summary>In how many instances the message was fanned out.</summary>
    public int Reach => Resources.Count(resource => resource.Deliveries > 0);

    public static TraceSummary Of(TraceId id, ReadOnlyMemory<Span> spans, int dropped)
    {
        var all = spans.Span;
        var (start, end, root) = (all[0].Start, all[0].End, all[0]);
        var (errors, isMessage) = (0, false);
        foreach (var span in all)
        {
            if (span.Start < start) start = span.Start;
            if (span.End > end) end = span.End;
            if (span.IsError) errors++;
            isMessage |= MessageSpans.IsReceive(span.Name) || MessageSpans.IsDeliver(span.Name);
            if (IsRootier(span, root)) root = span;
        }

        return new TraceSummary
        {
            Id = id,
            Spans = spans,
            Root = root,
            Start = start,
            End = end,
            Resources = CountByResource(all),
            ErrorCount = errors,
            IsMessage = isMessage,
            Dropped = dropped,
        };
    }

    private static bool IsRootier(Span span, Span than) => span.ParentId.IsNone != than.ParentId.IsNone
        ? span.ParentId.IsNone
        : span.Start < than.Start;

    private static ResourceSpanCount[] CountByResource(ReadOnlySpan<Span> spans)
    {
        var counts = new List<(ResourceSpanCount Count, Timestamp First)>(4);
        foreach (var span in spans)
        {
            var index = counts.FindIndex(entry => entry.Count.Resource == span.Resource);
            var (count, first) = index >= 0 ? counts[index] : (new ResourceSpanCount(span.Resource, 0, 0, 0, 0), span.Start);
            count = count with
            {
                Spans = count.Spans + 1,
                Errors = count.Errors + (span.IsError ? 1 : 0),
                Receipts = count.Receipts + (MessageSpans.IsReceive(span.Name) ? 1 : 0),
                Deliveries = count.Deliveries + (MessageSpans.IsDeliver(span.Name) ? 1 : 0),
            };
            var entry = (count, span.Start < first ? span.Start : first);
            if (index >= 0) counts[index] = entry;
            else counts.Add(entry);
        }

        counts.Sort((left, right) => left.First.CompareTo(right.First));
        return [.. counts.Select(entry => entry.Count)];
    }
}
