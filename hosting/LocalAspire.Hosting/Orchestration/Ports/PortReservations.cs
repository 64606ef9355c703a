using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Orchestration.Ports;

/// <summary>
/// Holds the ports of resources by listening on them, until the resource is about to start: meanwhile nobody else gets them.
/// </summary>
internal sealed class PortReservations : IDisposable
{
    // Below the ports that Linux, macOS and Windows give to outgoing connections: thousands of those, in a load test for
    // instance, would else take the port of a resource that is being restarted.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;
    private const int Attempts = 1_000;

    private readonly Lock _lock = new();
    private readonly List<(IResource Resource, int Port, Socket[] Listeners)> _reservations = [];

    /// <exception cref="DistributedApplicationException">Somebody has the port.</exception>
    public int Reserve(IResource resource, string endpointName, int port)
    {
        lock (_lock)
        {
            if (_reservations.Find(reservation => reservation.Port == port).Resource is { } other)
                throw new DistributedApplicationException($"The resource '{resource.Name}' cannot have port {port} for its endpoint '{endpointName}': '{other.Name}' has it already. Give one of them another port.");

            if (!TryReserve(resource, port))
                throw new DistributedApplicationException($"The resource '{resource.Name}' cannot have port {port} for its endpoint '{endpointName}': another program listens on it. Stop that program, or choose another port.");

            return port;
        }
    }

    public int ReserveAny(IResource resource)
    {
        lock (_lock)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(FirstPort, LastPort);
                if (TryReserve(resource, port))
                    return port;
            }

            throw new DistributedApplicationException($"The resource '{resource.Name}' cannot have a port: none of {Attempts} ports tried between {FirstPort} and {LastPort} is free. Stop what listens there.");
        }
    }

    /// <summary>Lets go of a resource's ports, so that it can listen on them itself.</summary>
    public void Release(IResource resource)
    {
        lock (_lock)
        {
            foreach (var (_, _, listeners) in _reservations.Where(reservation => reservation.Resource == resource))
                Close(listeners);
            _reservations.RemoveAll(reservation => reservation.Resource == resource);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, _, listeners) in _reservations)
                Close(listeners);
            _reservations.Clear();
        }
    }

    private bool TryReserve(IResource resource, int port)
    {
        var listeners = new List<Socket>();
        foreach (var address in Loopbacks())
        {
            if (!TryListen(address, port, listeners))
            {
                Close(listeners);
                return false;
            }
        }

        _reservations.Add((resource, port, [.. listeners]));
        return true;
    }

    /// <summary>"localhost" is both, where there is IPv6.</summary>
    private static IEnumerable<IPAddress> Loopbacks() =>
        Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    private static bool TryListen(IPAddress address, int port, List<Socket> listeners)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            // Bound alone, a port can be bound again by those who allow its reuse; listened on, it cannot.
            socket.Listen();
            listeners.Add(socket);
            return true;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            // IPv6 may be supported, and yet have no loopback address.
            return e.SocketErrorCode == SocketError.AddressNotAvailable && address.AddressFamily == AddressFamily.InterNetworkV6;
        }
    }

    private static void Close(IEnumerable<Socket> listeners)
    {
        foreach (var listener in listeners)
            listener.Dispose();
    }
}
