namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>What an instrument says of itself.</summary>
public sealed record InstrumentInfo(InstrumentKey Key, InstrumentKind Kind, string Unit, string Description);
