namespace LocalAspire.Dashboard.Telemetry;

/// <summary>The source within a process: an activity source, a logger category or a meter.</summary>
public sealed record InstrumentationScope(string Name, string Version)
{
    public static readonly InstrumentationScope Unknown = new("", "");
}
