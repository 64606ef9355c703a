namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Finds out who sends a request, by the bearer token in its <c>Authorization</c> header or by a ticket. Never by its URL.</summary>
internal interface IConnectionAuthentication
{
    /// <param name="context">The upgrade, or any other request.</param>
    /// <param name="ticket">The value of a <c>ticket.…</c> sub-protocol, if one was offered. It is good once, on whichever instance.</param>
    ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, string? ticket);
}

/// <summary>What came of it.</summary>
/// <param name="Succeeded">Whether the request may go on: without an identity only where authentication is off.</param>
/// <param name="Identity">Who it is; null where authentication is off.</param>
internal readonly record struct AuthenticationOutcome(bool Succeeded, ConnectionIdentity? Identity)
{
    public static AuthenticationOutcome Anonymous => new(true, null);

    public static AuthenticationOutcome Refused => new(false, null);
}
