using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Api;

/// <summary>What a caller of the JSON API asks for, from its address. What it leaves out lets all through.</summary>
internal sealed class TelemetryQuery
{
    public const int DefaultLimit = 200;

    private readonly TelemetryResources _resources;
    private readonly string[] _resourceNames;
    private readonly LogSeverity _severity;

    private TelemetryQuery(TelemetryResources resources, string[] resourceNames, LogSeverity severity, TraceId traceId, bool? hasError, int limit, bool follow)
    {
        (_resources, _resourceNames, _severity) = (resources, resourceNames, severity);
        (TraceId, HasError, Limit, Follow) = (traceId, hasError, limit, follow);
    }

    public TraceId TraceId { get; }

    public bool? HasError { get; }

    /// <summary>The newest so many.</summary>
    public int Limit { get; }

    /// <summary>True to go on with what comes.</summary>
    public bool Follow { get; }

    /// <summary>Reads <c>resource</c> (repeatable), <c>traceId</c>, <c>hasError</c>, <c>severity</c>, <c>limit</c> and <c>follow</c>; else <paramref name="problem"/> says what is wrong.</summary>
    public static TelemetryQuery? Read(IQueryCollection query, TelemetryResources resources, out string problem)
    {
        problem = "";
        var (traceId, severity, limit) = (default(TraceId), LogSeverity.Unspecified, DefaultLimit);
        if (query.TryGetValue("traceId", out var trace) && !Telemetry.TraceId.TryParse(trace, out traceId)) problem = "'traceId' must be 32 hexadecimal digits.";
        if (query.TryGetValue("severity", out var level) && !LogSeverities.TryParse(level, out severity)) problem = "'severity' must be a level, as in 'warning'.";
        if (query.TryGetValue("limit", out var count) && (!int.TryParse(count, out limit) || limit < 1)) problem = "'limit' must be a whole number above 0.";
        var hasError = ReadBoolean(query, "hasError", ref problem);
        var follow = ReadBoolean(query, "follow", ref problem) == true;
        return problem.Length > 0 ? null : new TelemetryQuery(resources, [.. query["resource"].OfType<string>()], severity, traceId, hasError, limit, follow);
    }

    public bool Wants(TelemetryResource resource) =>
        _resourceNames.Length == 0 || Array.Exists(_resourceNames, name => _resources.Named(name).Contains(resource));

    public bool Wants(Span span) => Wants(span.Resource) && (TraceId == default || span.TraceId == TraceId) && (HasError is null || span.IsError == HasError);

    public bool Wants(LogEntry entry) =>
        Wants(entry.Resource) && entry.Severity >= _severity && (TraceId == default || entry.TraceId == TraceId) && (HasError is null || entry.IsError == HasError);

    public bool Wants(TraceSummary trace) =>
        trace.Resources.Any(one => Wants(one.Resource)) && (TraceId == default || trace.Id == TraceId) && (HasError is null || trace.ErrorCount > 0 == HasError);

    private static bool? ReadBoolean(IQueryCollection query, string name, ref string problem)
    {
        if (!query.TryGetValue(name, out var text)) return null;
        if (bool.TryParse(text, out var value)) return value;

        problem = $"'{name}' must be 'true' or 'false'.";
        return null;
    }
}
