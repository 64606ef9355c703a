namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Single-use tickets: what a browser, which cannot set headers on a WebSocket, shows in place of its token.</summary>
internal interface ITicketStore
{
    /// <summary>Issues a ticket of 256 random bits, good for one connection within <see cref="Lifetime"/>.</summary>
    /// <exception cref="Backplane.BackplaneUnavailableException">Redis could not be reached in time.</exception>
    ValueTask<string> IssueAsync(ConnectionIdentity identity);

    /// <summary>Takes a ticket; null when it is unknown, used or too old, or when Redis could not be asked.</summary>
    ValueTask<ConnectionIdentity?> RedeemAsync(string ticket);

    static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(30);
}
