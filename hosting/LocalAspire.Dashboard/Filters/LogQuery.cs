using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;

namespace LocalAspire.Dashboard.Filters;

/// <summary>Which log entries are wanted. Everything left out lets all through.</summary>
public sealed record LogQuery
{
    /// <summary>Fields of an entry that filters can name beside its attributes.</summary>
    public static readonly IReadOnlyList<string> Fields = ["category", "message", "event", "level"];

    public IReadOnlyCollection<TelemetryResource>? Resources { get; init; }

    /// <summary>This level and those above it.</summary>
    public LogSeverity MinSeverity { get; init; }

    public string Text { get; init; } = "";
    public TraceId TraceId { get; init; }
    public SpanId SpanId { get; init; }
    public IReadOnlyList<AttributeFilter> Filters { get; init; } = [];

    /// <summary>The entries wanted, the newest first.</summary>
    public LogEntry[] Run(LogEntry[] all)
    {
        var found = Array.FindAll(all, Matches);
        Array.Sort(found, static (left, right) => right.Time.CompareTo(left.Time) is var byTime and not 0 ? byTime : right.Number.CompareTo(left.Number));
        return found;
    }

    public bool Matches(LogEntry entry) =>
        entry.Severity >= MinSeverity
        && (Resources is null || Resources.Contains(entry.Resource))
        && (TraceId == default || entry.TraceId == TraceId)
        && (SpanId.IsNone || entry.SpanId == SpanId)
        && (Text.Length == 0 || Mentions(entry, Text))
        && Filters.All(filter => filter.Accepts(Field(entry, filter.Key)));

    private static bool Mentions(LogEntry entry, string text) =>
        entry.Message.Contains(text, StringComparison.OrdinalIgnoreCase)
        || entry.Scope.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || entry.EventName.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string? Field(LogEntry entry, string key) => entry.Attributes.FindText(key) ?? key switch
    {
        "category" => entry.Scope.Name,
        "message" => entry.Message,
        "event" => entry.EventName,
        "level" => entry.Severity.ToString(),
        _ => null,
    };
}
