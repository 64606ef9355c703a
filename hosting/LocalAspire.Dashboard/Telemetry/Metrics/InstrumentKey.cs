namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>An instrument's name within its meter.</summary>
public readonly record struct InstrumentKey(string Meter, string Name);
