using AspireChat.ChatServer.Api;
using AspireChat.ChatServer.Security.Identity;

namespace AspireChat.ChatServer.Security;

/// <summary>Endpoints that show what is in a room: whoever may join it may read it, and nobody else.</summary>
internal static class RoomAccessConvention
{
    /// <summary>Needs, where authentication is on, a bearer token whose user may join the room of the route's <c>{room}</c>.</summary>
    public static TBuilder RequireRoomAccess<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(CheckAsync);

    private static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var outcome = await context.RequestServices.GetRequiredService<IConnectionAuthentication>().AuthenticateAsync(context, ticket: null);
        if (!outcome.Succeeded)
            return Access.Unauthorized.ToError().ToResult();

        var room = (string)context.GetRouteValue("room")!;
        var access = await context.RequestServices.GetRequiredService<AccessControl>()
            .CheckAsync(outcome.Identity, room, outcome.Identity?.Name ?? "", RoomAction.Join);
        return access == Access.Allowed ? await next(invocation) : access.ToError().ToResult();
    }
}
