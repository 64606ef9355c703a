namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Authentication is off: everybody may connect, and nobody is known.</summary>
internal sealed class NoAuthentication : IConnectionAuthentication
{
    public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, string? ticket) => new(AuthenticationOutcome.Anonymous);
}
