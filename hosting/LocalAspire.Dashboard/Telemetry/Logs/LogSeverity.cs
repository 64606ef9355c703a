namespace LocalAspire.Dashboard.Telemetry.Logs;

/// <summary>The levels of .NET, each the first of OTLP's four numbers for it.</summary>
public enum LogSeverity : byte
{
    Unspecified = 0,
    Trace = 1,
    Debug = 5,
    Information = 9,
    Warning = 13,
    Error = 17,
    Critical = 21,
}
