namespace AspireChat.ScaleModel.Costs;

/// <summary>The CPU time of a gateway, in µs.</summary>
/// <param name="Idle">A second of doing nothing.</param>
/// <param name="Wake">What an instance sends for one message, to however many connections, by how often that comes: it wakes the gateway once.</param>
/// <param name="Pass">A frame that it passes on, by messages a second in the room: what the instance joins, it passes on at once.</param>
internal sealed record GatewayCost(double Idle, Falling Wake, Falling Pass)
{
    /// <param name="sends">A second, each with its acknowledgement.</param>
    /// <param name="deliveries">A second.</param>
    /// <param name="wakes">Messages a second, each as often as there are instances from which it comes.</param>
    /// <param name="rate">Messages a second in a room.</param>
    /// <returns>Cores.</returns>
    public double Cores(double sends, double deliveries, double wakes, double rate) =>
        (Idle + (wakes * Wake.At(wakes)) + ((deliveries + (2 * sends)) * Pass.At(rate))) / 1e6;
}
