using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary>Authentication by bearer token, or by a ticket that was issued for one.</summary>
internal sealed class BearerAuthentication(ITicketStore tickets, IOptions<AuthOptions> options, TimeProvider time) : IConnectionAuthentication
{
    public async ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, string? ticket)
    {
        var identity = ticket is null ? await ReadTokenAsync(context) : await tickets.RedeemAsync(ticket);
        return identity is not null && identity.ExpiresAt > time.GetUtcNow() ? new(true, identity) : AuthenticationOutcome.Refused;
    }

    private async Task<ConnectionIdentity?> ReadTokenAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        var name = result.Principal?.FindFirst(options.Value.NameClaim)?.Value;
        if (!result.Succeeded || string.IsNullOrEmpty(name) || result.Properties.ExpiresUtc is not { } expires)
            return null;

        return new ConnectionIdentity
        {
            Name = name,
            ExpiresAt = expires,
            Claims = result.Principal.Claims.GroupBy(claim => claim.Type).ToDictionary(claims => claims.Key, claims => claims.Select(claim => claim.Value).ToArray()),
        };
    }
}
