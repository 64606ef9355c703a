namespace AspireChat.ScaleModel.Costs;

/// <summary>The CPU time of a Redis, which works on one core, in µs.</summary>
/// <param name="Idle">A second of doing nothing.</param>
/// <param name="Instance">A second of an instance's probes and heartbeats.</param>
/// <param name="Message">A message: the call of the script in <c>stream</c>, a <c>PUBLISH</c> in <c>pubsub</c>, by messages a second of one instance, as those share calls.</param>
/// <param name="Copy">A copy of it to one instance, by the same, as copies share writes.</param>
internal sealed record RedisCost(double Idle, double Instance, Falling Message, Falling Copy)
{
    /// <param name="instances">That are connected.</param>
    /// <param name="messages">A second.</param>
    /// <param name="copies">Of a message: instances with a member in its room.</param>
    /// <returns>Part of a core.</returns>
    public double Cores(double instances, double messages, double copies) =>
        (Idle + (instances * Instance) + (messages * (Message.At(messages / instances) + (copies * Copy.At(messages / instances))))) / 1e6;
}
