using AspireChat.ChatServer.Security.Identity;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

/// <summary>Bounds the connections of one user, from wherever he comes. Where authentication is off there are no users, only names.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class UserLimit(IOptions<LimitsOptions> options)
{
    private readonly Places<string>? _places =
        (options.Value.ConnectionsPerUser ?? LimitsOptions.DefaultConnectionsPerUser) is var limit and > 0 ? new(limit) : null;

    /// <returns>False when there are as many already.</returns>
    public bool TryEnter(ConnectionIdentity? user) => _places is null || user is null || _places.TryEnter(user.Name);

    public void Exit(ConnectionIdentity? user)
    {
        if (user is not null)
        {
            _places?.Exit(user.Name);
        }
    }
}
