namespace AspireChat.ScaleModel.Costs;

/// <summary>The CPU time of a gateway, in µs.</summary>
/// <param name="Idle">A second of doing nothing.</param>
/// <param name="Pass">A delivery that it passes on, by messages a second in the room: what the instance joins, it passes on at once.</param>
internal sealed record GatewayCost(double Idle, Falling Pass)
{
    /// <returns>Cores.</returns>
    public double Cores(double passed, double rate) => (Idle + (passed * Pass.At(rate))) / 1e6;
}
