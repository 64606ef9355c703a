using AspireChat.LoadTest.Hosts.Network;

namespace AspireChat.LoadTest.Hosts;

/// <summary>What a run on many hosts is like.</summary>
internal sealed record HostsOptions
{
    /// <summary>The ways between the hosts, and to the clients.</summary>
    public LinkQuality Links { get; init; } = new();

    /// <summary>Clients, half of them at each gateway. Default 12.</summary>
    public int Clients { get; init; } = 12;

    /// <summary>Sends a second, by all of them together. Default 40.</summary>
    public double SendsPerSecond { get; init; } = 40;

    /// <summary>How long nothing happens, before the first cut. Default 3 s.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a host is cut off, at least; it stays so until its clients are elsewhere. Default 10 s.</summary>
    public TimeSpan Cut { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a host is cut off from Redis alone. Default 6 s.</summary>
    public TimeSpan CutFromRedis { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Without an answer to a ping for so long, a client gives its connection up; it pings twice as often. Default 10 s.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time bounds are so many times their figures. Default 1.</summary>
    public double Patience { get; init; } = 1;

    /// <summary>The mode of the backplane. Default <c>stream</c>; in <c>pubsub</c> a run must miss messages.</summary>
    public string Backplane { get; init; } = "stream";
}
