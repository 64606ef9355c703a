namespace LocalAspire.Dashboard.Telemetry;

/// <summary>The source within a process: an activity source, a logger category or a meter.</summary>
public sealed record InstrumentationScope(string Name, string Version)
{
    public static readonly InstrumentationScope Unknown = new("", "");

    /// <summary>Roughly what its texts cost in memory.</summary>
    public int Weight => 2 * (Name.Length + Version.Length);
}
