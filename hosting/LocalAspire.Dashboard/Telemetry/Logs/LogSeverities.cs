namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>Reads and names levels.</summary>
public static class LogSeverities
{
    public static readonly IReadOnlyList<LogSeverity> Choices =
        [LogSeverity.Trace, LogSeverity.Debug, LogSeverity.Information, LogSeverity.Warning, LogSeverity.Error, LogSeverity.Critical];

    /// <summary>OTLP's 1–24, four to a level; anything else is unspecified.</summary>
    public static LogSeverity FromNumber(int number) => number is < 1 or > 24
        ? LogSeverity.Unspecified
        : (LogSeverity)((number - 1) / 4 * 4 + 1);

    /// <summary>Reads a level's name, long or short as in <c>warn</c>, in any case.</summary>
    public static bool TryParse(string? text, out LogSeverity severity)
    {
        severity = text?.ToLowerInvariant() switch
        {
            "trace" => LogSeverity.Trace,
            "debug" => LogSeverity.Debug,
            "info" or "information" => LogSeverity.Information,
            "warn" or "warning" => LogSeverity.Warning,
            "error" => LogSeverity.Error,
            "critical" or "fatal" => LogSeverity.Critical,
            _ => LogSeverity.Unspecified,
        };
        return severity != LogSeverity.Unspecified;
    }
}
