namespace LocalAspire.Dashboard.Telemetry.Metrics;

/// <summary>What an instrument says of itself.</summary>
public sealed record InstrumentInfo(InstrumentKey Key, InstrumentKind Kind, string Unit, string Description)
{
    private const int WeightOfOne = 400;

    /// <summary>Roughly what the instrument costs in memory, without its series.</summary>
    public int Weight => WeightOfOne + 2 * (Key.Meter.Length + Key.Name.Length + Unit.Length + Description.Length);
}
