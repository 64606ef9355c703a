using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

/// <summary>Bounds the connections from one address. An IPv6 network of 64 bits counts as one: that much its owner has for the asking.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AddressLimit(IOptions<LimitsOptions> options)
{
    private const int NetworkBytes = 8;

    private readonly Places<IPAddress>? _places =
        (options.Value.ConnectionsPerAddress ?? LimitsOptions.DefaultConnectionsPerAddress) is var limit and > 0 ? new(limit) : null;

    /// <returns>False when there are as many already.</returns>
    public bool TryEnter(IPAddress? address) => _places is null || address is null || _places.TryEnter(KeyOf(address));

    public void Exit(IPAddress? address)
    {
        if (address is not null)
        {
            _places?.Exit(KeyOf(address));
        }
    }

    private static IPAddress KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}
