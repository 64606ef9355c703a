namespace LocalAspire.Dashboard.Otlp;

/// <summary>What the receiver logs.</summary>
internal static partial class OtlpLog
{
    [LoggerMessage(LogLevel.Warning, "Refused telemetry at {Path}: it is larger than {Limit} bytes.")]
    public static partial void RequestTooLarge(this ILogger logger, string path, int limit);

    [LoggerMessage(LogLevel.Warning, "Refused telemetry at {Path}: {Problem}")]
    public static partial void RequestMalformed(this ILogger logger, string path, string problem);

    [LoggerMessage(LogLevel.Warning, "Telemetry is taken from anybody on this machine. Set 'DASHBOARD__OTLP__PRIMARYAPIKEY' to ask for a key.")]
    public static partial void Unsecured(this ILogger logger);
}
