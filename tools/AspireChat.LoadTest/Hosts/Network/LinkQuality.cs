namespace AspireChat.LoadTest.Hosts.Network;

/// <summary>How good the way between two hosts is, in each direction.</summary>
internal sealed record LinkQuality
{
    /// <summary>A packet takes so long at least. Default 5 ms.</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>And so long at most. Default 20 ms.</summary>
    public TimeSpan Most { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The part of packets that is lost, 0 to 1. Default 0.01.</summary>
    public double Loss { get; init; } = 0.01;

    /// <summary>Decides which are lost and how long each takes. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
