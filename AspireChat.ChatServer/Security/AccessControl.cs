using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Security.Bans;
using AspireChat.ChatServer.Security.Identity;

namespace AspireChat.ChatServer.Security;

/// <summary>The answer to a join or a send; the error codes of the wire protocol have the same names.</summary>
internal enum Access
{
    Allowed,

    /// <summary>The connection has to prove who it is, or to prove it anew.</summary>
    Unauthorized,

    /// <summary>This user may not do that.</summary>
    Forbidden,
}

internal static class AccessErrors
{
    /// <summary>What a client is told of an answer that is not <see cref="Access.Allowed"/>.</summary>
    public static ErrorCode ToError(this Access access) => access == Access.Forbidden ? ErrorCode.Forbidden : ErrorCode.Unauthorized;
}

/// <summary>Asked at each join and each send. Where there are neither bans nor authentication it costs a few nanoseconds.</summary>
internal sealed class AccessControl(BanList bans, IRoomPolicy policy, TimeProvider time)
{
    /// <param name="identity">Who asks, as <see cref="IConnectionAuthentication"/> found; null where authentication is off.</param>
    /// <param name="room">The room's name.</param>
    /// <param name="name">The user name to be used in the room.</param>
    /// <param name="action">What is to be done there.</param>
    public ValueTask<Access> CheckAsync(ConnectionIdentity? identity, string room, string name, RoomAction action)
    {
        if (bans.Contains(name))
            return new(Access.Forbidden);
        if (identity == ConnectionIdentity.Service)
            return new(Access.Allowed);

        if (identity is not null)
        {
            if (identity.ExpiresAt <= time.GetUtcNow())
                return new(Access.Unauthorized);
            if (!string.Equals(identity.Name, name, StringComparison.Ordinal))
                return new(Access.Forbidden);
        }

        var allowing = policy.AllowsAsync(identity, room, action);
        return allowing.IsCompletedSuccessfully ? new(ToAccess(allowing.Result)) : AwaitAsync(allowing);
    }

    private static async ValueTask<Access> AwaitAsync(ValueTask<bool> allowing) => ToAccess(await allowing);

    private static Access ToAccess(bool allowed) => allowed ? Access.Allowed : Access.Forbidden;
}
