using System.Net;
using System.Net.Sockets;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Hosts.Network;

/// <summary>A network namespace: what runs in it sees its own interface, and reaches the others over that alone.</summary>
internal sealed record Host(string Name, string Namespace, IPAddress Address)
{
    /// <summary>A socket for connections that begin here, whatever process uses it.</summary>
    public Socket NewSocket() =>
        NetworkNamespace.Within(Namespace, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    /// <summary>For a server that runs here.</summary>
    /// <param name="users">The host from which this process reaches it.</param>
    public Place PlaceFor(Host users) => new(Address, ["ip", "netns", "exec", Namespace], users.NewSocket);
}
