using System.Net;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Hosts.Network;

/// <summary>A network namespace: what runs in it sees its own interface, and reaches the others over that alone.</summary>
internal sealed record Host(string Name, string Namespace, IPAddress Address)
{
    public Place Place { get; } = new(Address, ["ip", "netns", "exec", Namespace]);
}
