using System.Text.Json.Serialization;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Security.Identity;

/// <summary><c>POST /api/tickets</c>: exchanges a bearer token for a single-use ticket. There where authentication is on.</summary>
internal static class TicketEndpoint
{
    public static IEndpointConventionBuilder MapTickets(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/tickets", IssueAsync);

    private static async Task<IResult> IssueAsync(HttpContext context, IConnectionAuthentication authentication, ITicketStore tickets)
    {
        var outcome = await authentication.AuthenticateAsync(context, ticket: null);
        if (!outcome.Succeeded)
            return new ApiError("unauthorized", "Send a valid token in the header Authorization: Bearer.").WithStatus(StatusCodes.Status401Unauthorized);
        if (outcome.Identity is not { } identity)
            return Results.NotFound();

        try
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(new IssuedTicket(await tickets.IssueAsync(identity), (int)ITicketStore.Lifetime.TotalSeconds), IssuedTicketJson.Default.IssuedTicket);
        }
        catch (BackplaneUnavailableException exception)
        {
            return new ApiError("unavailable", exception.Message).WithStatus(StatusCodes.Status503ServiceUnavailable);
        }
    }
}

internal sealed record IssuedTicket(string Ticket, int ExpiresInSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IssuedTicket))]
internal sealed partial class IssuedTicketJson : JsonSerializerContext;
