using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;

namespace AspireChat.ChatServer.Api;

internal static class ApiEndpoints
{
    /// <summary>Adds what is behind the HTTP API. Needs the rooms.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<MessageReadEndpoint>()
        .AddSingleton<MessagePostEndpoint>();

    /// <summary>Maps the HTTP API under <c>/api</c>.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.MapGet("/instance", (Incarnation incarnation, IBackplaneUser user, ConnectionDirectory connections, RoomDirectory rooms) => TypedResults.Json(
            new InstanceInfo(incarnation.Instance, user.Current.Mode.Name(), connections.Count, rooms.Count), ApiJson.Default.InstanceInfo));

        var read = endpoints.ServiceProvider.GetRequiredService<MessageReadEndpoint>();
        api.MapGet("/rooms/{room}/messages", read.HandleAsync);

        var post = endpoints.ServiceProvider.GetRequiredService<MessagePostEndpoint>();
        api.MapPost("/rooms/{room}/messages", post.HandleAsync).RequireApiKey();
    }
}
