using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Filters;

/// <summary>What kind of trace is wanted.</summary>
public enum TraceKind
{
    All,

    /// <summary>Those that follow a chat message.</summary>
    Messages,

    /// <summary>All that do not.</summary>
    Others,

    /// <summary>Those with a span that failed.</summary>
    Errors,
}

/// <summary>Which traces are wanted. Everything left out lets all through.</summary>
public sealed record TraceQuery
{
    /// <summary>Fields of a span that filters can name beside its attributes.</summary>
    public static readonly IReadOnlyList<string> Fields = ["name", "kind", "status", "source", "resource"];

    public IReadOnlyCollection<TelemetryResource>? Resources { get; init; }
    public TraceKind Kind { get; init; }

    /// <summary>Messages that were fanned out in exactly so many instances.</summary>
    public int? Reach { get; init; }

    public string Text { get; init; } = "";
    public IReadOnlyList<AttributeFilter> Filters { get; init; } = [];

    /// <summary>The traces wanted, the newest first.</summary>
    public TraceSummary[] Run(TraceSummary[] all)
    {
        var found = Array.FindAll(all, Matches);
        Array.Sort(found, static (left, right) => right.Start.CompareTo(left.Start));
        return found;
    }

    public bool Matches(TraceSummary trace) =>
        (Resources is null || trace.Resources.Any(one => Resources.Contains(one.Resource)))
        && Kind switch
        {
            TraceKind.Messages => trace.IsMessage,
            TraceKind.Others => !trace.IsMessage,
            TraceKind.Errors => trace.ErrorCount > 0,
            _ => true,
        }
        && (Reach is null || (trace.IsMessage && trace.Reach == Reach))
        && (Text.Length == 0 || Mentions(trace, Text))
        && Filters.All(filter => Accepts(trace, filter));

    /// <summary>One span that is as asked suffices; what must not be must be so of every span.</summary>
    private static bool Accepts(TraceSummary trace, AttributeFilter filter)
    {
        var all = filter.Condition is FilterCondition.IsNot or FilterCondition.ContainsNot;
        foreach (var span in trace.Spans.Span)
            if (filter.Accepts(Field(span, filter.Key)) != all) return !all;

        return all;
    }

    private static bool Mentions(TraceSummary trace, string text)
    {
        if (trace.Id.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)) return true;

        foreach (var span in trace.Spans.Span)
            if (span.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || span.Resource.Name.Contains(text, StringComparison.OrdinalIgnoreCase)) return true;

        return false;
    }

    private static string? Field(Span span, string key) => span.Attributes.FindText(key) ?? key switch
    {
        "name" => span.Name,
        "kind" => span.Kind.ToString(),
        "status" => span.Status.ToString(),
        "source" => span.Scope.Name,
        "resource" => span.Resource.Name,
        _ => null,
    };
}
