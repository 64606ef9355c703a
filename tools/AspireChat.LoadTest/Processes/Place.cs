using System.Net;
using System.Net.Sockets;

namespace AspireChat.LoadTest.Processes;

/// <summary>Where a server runs.</summary>
/// <param name="Address">The address on which it listens, and is reached.</param>
/// <param name="Prefix">What its command line begins with.</param>
/// <param name="NewSocket">Makes the TCP sockets over which this process reaches it.</param>
internal sealed record Place(IPAddress Address, IReadOnlyList<string> Prefix, Func<Socket> NewSocket)
{
    /// <summary>This machine, for itself alone.</summary>
    public static Place Here { get; } = new(IPAddress.Loopback, [], () => new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
}
