namespace AspireChat.ScaleModel.Costs;

/// <summary>A cost that falls as more comes at a time, since what waits is done together: <c>Floor + Alone / (1 + rate / Knee)</c>.</summary>
/// <param name="Alone">What one costs, beyond the floor, when it comes alone, in µs.</param>
/// <param name="Knee">The rate at which that has halved.</param>
/// <param name="Floor">What each costs however many come, in µs.</param>
internal sealed record Falling(double Alone, double Knee, double Floor)
{
    public double At(double rate) => Floor + (Alone / (1 + (rate / Knee)));
}
