namespace AspireChat.CostGuard.Measuring;

/// <summary>The CPU time that messages and their deliveries took.</summary>
/// <param name="Servers">Of all servers.</param>
/// <param name="Redis">Of Redis.</param>
/// <param name="Gateway">Of the gateway, where there is one.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Deliveries">How many deliveries.</param>
/// <param name="Elapsed">How long it lasted, until the last was delivered.</param>
internal readonly record struct Cost(TimeSpan Servers, TimeSpan Redis, TimeSpan Gateway, long Messages, long Deliveries, TimeSpan Elapsed)
{
    /// <summary>Of servers and Redis, for one delivery.</summary>
    public TimeSpan PerDelivery => (Servers + Redis) / Deliveries;

    public TimeSpan RedisPerMessage => Redis / Messages;

    /// <summary>How many cores the servers kept busy.</summary>
    public double ServerCores => Servers / Elapsed;

    /// <summary>How much of a core Redis kept busy.</summary>
    public double RedisCores => Redis / Elapsed;
}
