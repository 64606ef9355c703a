namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>What an instrument says of itself.</summary>
internal sealed record InstrumentInfo(InstrumentKey Key, InstrumentKind Kind, string Unit, string Description);
