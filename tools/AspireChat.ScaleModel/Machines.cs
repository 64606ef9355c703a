namespace AspireChat.ScaleModel;

/// <summary>What there is to run on, and how much of it may be used.</summary>
internal sealed record Machines
{
    /// <summary>Cores of an instance, and of a gateway. Default 2, as those that were measured.</summary>
    public double Cores { get; init; } = 2;

    /// <summary>Memory of an instance, and of a gateway, in GiB. Default 4.</summary>
    public double MemoryGiB { get; init; } = 4;

    /// <summary>Memory of a Redis shard, in GiB. Default 16.</summary>
    public double RedisMemoryGiB { get; init; } = 16;

    /// <summary>Network of each machine, in Gbit/s. Default 10.</summary>
    public double NetworkGbit { get; init; } = 10;

    /// <summary>Files that a process may have open. Default 1,048,576.</summary>
    public double Files { get; init; } = 1_048_576;

    /// <summary>Ports that one machine has for connections to one address of another: Linux's own range, 32768 to 60999.</summary>
    public double Ports { get; init; } = 28_232;

    /// <summary>How much of the cores may be busy: the rest is for bursts, and for those who come back at once. Default 0.6.</summary>
    public double CpuShare { get; init; } = 0.6;

    /// <summary>How much of the memory may be held. Default 0.8.</summary>
    public double MemoryShare { get; init; } = 0.8;

    /// <summary>How much of the network may be used. Default 0.6.</summary>
    public double NetworkShare { get; init; } = 0.6;

    /// <summary>So many instances, and gateways, may be lost while the others carry all. Default 1.</summary>
    public int Spare { get; init; } = 1;

    public double Network => NetworkGbit * 1e9 / 8;

    /// <exception cref="ScaleException">A figure makes no sense.</exception>
    public Machines Validated()
    {
        ScaleException.Require(Cores is >= 0.1 and <= 1_024, "cores", "must be 0.1 to 1,024");
        ScaleException.Require(MemoryGiB is >= 0.25 and <= 65_536, "memory", "must be 0.25 to 65,536 GiB");
        ScaleException.Require(RedisMemoryGiB is >= 0.25 and <= 65_536, "redis-memory", "must be 0.25 to 65,536 GiB");
        ScaleException.Require(NetworkGbit is >= 0.01 and <= 10_000, "network", "must be 0.01 to 10,000 Gbit/s");
        ScaleException.Require(Files is >= 1_000 and <= 1e9, "files", "must be 1,000 to 1,000,000,000");
        ScaleException.Require(CpuShare is > 0 and <= 1, "busy", "must be more than 0 and at most 1");
        ScaleException.Require(Spare is >= 0 and <= 100, "spare", "must be 0 to 100");
        return this;
    }
}
