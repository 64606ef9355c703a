using System.Net;

namespace AspireChat.LoadTest.Processes;

/// <summary>Where a server runs.</summary>
/// <param name="Address">The address on which it listens, and is reached from here.</param>
/// <param name="Prefix">What its command line begins with.</param>
internal sealed record Place(IPAddress Address, IReadOnlyList<string> Prefix)
{
    /// <summary>This machine, for itself alone.</summary>
    public static Place Here { get; } = new(IPAddress.Loopback, []);
}
