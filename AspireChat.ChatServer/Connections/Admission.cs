using System.Net;
using AspireChat.ChatServer.Security.Identity;

namespace AspireChat.ChatServer.Connections;

/// <summary>The places that a connection takes among those of the instance, of its address and of its user, until this is disposed of.</summary>
/// <remarks>Held by one owner at a time, from the checks of the upgrade to the end of the connection.</remarks>
internal sealed class Admission(ConnectionLimit connections, AddressLimit addresses, UserLimit users) : IDisposable
{
    private bool _entered;
    private IPAddress? _address;

    /// <summary>Who was let in; null where authentication is off.</summary>
    public ConnectionIdentity? Identity { get; private set; }

    /// <returns>False when this instance has as many as it takes.</returns>
    public bool TryEnter() => _entered = connections.TryEnter();

    /// <returns>False when there are as many from this address already.</returns>
    public bool TryEnter(IPAddress? address)
    {
        var entered = addresses.TryEnter(address);
        _address = entered ? address : null;
        return entered;
    }

    /// <returns>False when there are as many of this user already.</returns>
    public bool TryEnter(ConnectionIdentity? user)
    {
        var entered = users.TryEnter(user);
        Identity = entered ? user : null;
        return entered;
    }

    public void Dispose()
    {
        users.Exit(Identity);
        addresses.Exit(_address);
        if (_entered)
        {
            connections.Exit();
        }

        (_entered, _address, Identity) = (false, null, null);
    }
}
