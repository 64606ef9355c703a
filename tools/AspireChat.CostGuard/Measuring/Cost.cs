namespace AspireChat.CostGuard.Measuring;

/// <summary>The CPU time that messages and their deliveries took.</summary>
internal readonly record struct Cost(TimeSpan Servers, TimeSpan Redis, long Messages, long Deliveries)
{
    /// <summary>Of servers and Redis, for one delivery.</summary>
    public TimeSpan PerDelivery => (Servers + Redis) / Deliveries;

    public TimeSpan RedisPerMessage => Redis / Messages;
}
