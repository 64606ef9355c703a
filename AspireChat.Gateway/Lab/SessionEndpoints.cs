using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Lab;

/// <summary><c>/admin/session</c>: how the lab's page comes by the right to act, and learns whether it has it.</summary>
internal static class SessionEndpoints
{
    public static void MapLabSession(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/admin/session", (HttpContext context) => new SessionState(context.HasLabSession()));
        endpoints.MapPost("/admin/session", Open);
    }

    private static IResult Open(SessionRequest request, HttpContext context, LabSessions sessions, IOptions<LabOptions> options, ILogger<LabSessions> logger)
    {
        if (!sessions.HasCode) return Results.NotFound();
        if (!context.Request.HasOwnOrigin()) return Refused("foreign_origin", "A session is opened by the lab's own page only.");

        if (sessions.Open(request.Code) is not { } secret)
        {
            logger.CodeRefused();
            return Refused("bad_code", "The code is wrong, was used before or is too old; restart the app host for another.");
        }

        logger.SessionOpened();
        context.Response.SetLabCookie(secret, options.Value.SessionLifetime);
        return Results.Ok(new SessionState(Open: true));
    }

    private static IResult Refused(string code, string message) =>
        Results.Json(new GatewayError(code, message), statusCode: StatusCodes.Status403Forbidden);
}

/// <param name="Code">The code of the address that the app host printed.</param>
internal sealed record SessionRequest(string Code);

/// <param name="Open">Whether this browser has a session.</param>
internal sealed record SessionState(bool Open);
