using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

/// <summary>Bounds the connections from one address. An IPv6 network of 64 bits counts as one: that much its owner has for the asking.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AddressLimit(IOptions<LimitsOptions> options)
{
    private const int NetworkBytes = 8;

    private readonly ConcurrentDictionary<IPAddress, int> _connections = new();
    private readonly int _limit = options.Value.ConnectionsPerAddress ?? LimitsOptions.DefaultConnectionsPerAddress;

    /// <returns>False when there are as many already.</returns>
    public bool TryEnter(IPAddress? address)
    {
        if (_limit == 0 || address is null)
        {
            return true;
        }

        var key = KeyOf(address);
        while (true)
        {
            var count = _connections.GetValueOrDefault(key);
            if (count >= _limit)
            {
                return false;
            }

            if (count == 0 ? _connections.TryAdd(key, 1) : _connections.TryUpdate(key, count + 1, count))
            {
                return true;
            }
        }
    }

    public void Exit(IPAddress? address)
    {
        if (_limit == 0 || address is null)
        {
            return;
        }

        var key = KeyOf(address);
        while (_connections.TryGetValue(key, out var count))
        {
            if (count == 1 ? _connections.TryRemove(KeyValuePair.Create(key, 1)) : _connections.TryUpdate(key, count - 1, count))
            {
                return;
            }
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
