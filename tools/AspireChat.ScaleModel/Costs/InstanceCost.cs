namespace AspireChat.ScaleModel.Costs;

/// <summary>The CPU time of an instance, in µs.</summary>
/// <param name="Idle">A second of doing nothing: heartbeats, probes, timers.</param>
/// <param name="Send">A message that one of its own connections sends, by messages a second that it hears.</param>
/// <param name="Hear">A message that it hears from Redis, by the same.</param>
/// <param name="Write">A delivery to one of its connections, by messages a second in the room.</param>
internal sealed record InstanceCost(double Idle, Falling Send, Falling Hear, Falling Write)
{
    /// <param name="sends">A second, of its own connections.</param>
    /// <param name="heard">Messages a second, of all rooms that have a member here.</param>
    /// <param name="deliveries">A second, to its own connections.</param>
    /// <param name="rate">Messages a second in a room.</param>
    /// <returns>Cores.</returns>
    public double Cores(double sends, double heard, double deliveries, double rate) =>
        (Idle + (sends * Send.At(heard)) + (heard * Hear.At(heard)) + (deliveries * Write.At(rate))) / 1e6;
}
