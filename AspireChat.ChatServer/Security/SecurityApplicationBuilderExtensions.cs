using AspireChat.ChatServer.Security.Bans;
using AspireChat.ChatServer.Security.Identity;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Security;

internal static class SecurityApplicationBuilderExtensions
{
    /// <summary>Checks the host that a request names, then learns from a trusted proxy where it came from. Goes before everything else.</summary>
    public static IApplicationBuilder UseSecurity(this IApplicationBuilder app) => app.UseHostFiltering().UseForwardedHeaders();

    /// <summary>Maps the bans and, where authentication is on, the tickets.</summary>
    public static IEndpointRouteBuilder MapSecurity(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapBans();
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<AuthOptions>>().Value.Enabled)
            endpoints.MapTickets();
        return endpoints;
    }
}
