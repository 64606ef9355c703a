using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults;

/// <summary>What a run of faults is like.</summary>
internal sealed record FaultRunOptions
{
    /// <summary>Decides which faults come when, and whom they meet.</summary>
    public required int Seed { get; init; }

    /// <summary>How long clients send.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The numbers of the faults to choose from. Default all.</summary>
    public IReadOnlyList<int> Only { get; init; } = [];

    /// <summary>Whether a fault may begin while another lasts.</summary>
    public bool Overlap { get; init; }

    /// <summary>Clients that are there all the time, spread over the instances and the gateway. Default 8.</summary>
    public int Clients { get; init; } = 8;

    /// <summary>Sends a second, by all of them together. Default 40.</summary>
    public double SendsPerSecond { get; init; } = 40;

    /// <summary>Clients of a gateway restart and of a storm. Default 250 for each processor, at most 5,000.</summary>
    public int Crowd { get; init; } = Math.Min(5_000, Environment.ProcessorCount * 250);

    /// <summary>Time bounds are so many times their figures. Default 1.</summary>
    public double Patience { get; init; } = 1;

    /// <summary>The mode of the backplane: in any but <c>stream</c>, the default, a run must fail.</summary>
    public string Backplane { get; init; } = "stream";

    /// <summary>How instances are cut off from Redis. Default: in network namespaces, where that is possible, else by a proxy.</summary>
    public NetworkChoice Network { get; init; } = NetworkChoice.Auto;

    /// <summary>The file of the record. Default null: a temporary one.</summary>
    public string? RecordPath { get; init; }

    /// <summary>How long a connection is idle in fault 16: a tenth of the run, 10 s to 10 min.</summary>
    public TimeSpan Idle => TimeSpan.FromSeconds(Math.Clamp(Duration.TotalSeconds / 10, 10, 600));

    /// <summary>How long a client is away in fault 15: a twentieth of the run, 3 to 119 s.</summary>
    public TimeSpan Absence => TimeSpan.FromSeconds(Math.Clamp(Duration.TotalSeconds / 20, 3, 119));

    /// <summary>The lease of an instance: its own 25 s, but in a run that is too short for that.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(Duration >= TimeSpan.FromMinutes(10) ? 25 : 8);
}
