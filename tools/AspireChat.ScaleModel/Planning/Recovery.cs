namespace AspireChat.ScaleModel.Planning;

/// <summary>What follows when an instance is lost.</summary>
/// <param name="Connections">That come back at once.</param>
/// <param name="Joins">Of rooms, each a look at the history, and a subscription where the room had no member there.</param>
/// <param name="OnInstances">Seconds that the other instances take for it with the cores that they have left.</param>
/// <param name="OnGateways">The same of the gateways.</param>
/// <param name="OnRedis">The same of Redis.</param>
internal sealed record Recovery(double Connections, double Joins, double OnInstances, double OnGateways, double OnRedis)
{
    /// <summary>The first wait of a client is up to this long: full jitter of 0.25 s.</summary>
    private const double FirstWait = 0.25;

    /// <summary>Until all are back, when they notice at once: the slowest of the three.</summary>
    public double Seconds => FirstWait + Math.Max(OnInstances, Math.Max(OnGateways, OnRedis));
}
