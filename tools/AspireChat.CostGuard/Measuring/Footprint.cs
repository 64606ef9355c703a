namespace AspireChat.CostGuard.Measuring;

/// <summary>What a chat holds in memory, in bytes (resident, and of Redis what it says that it uses), and the CPU time that it has taken since its start.</summary>
internal readonly record struct Footprint(long Servers, long Gateway, long Redis, TimeSpan ServersCpu, TimeSpan GatewayCpu, TimeSpan RedisCpu);
