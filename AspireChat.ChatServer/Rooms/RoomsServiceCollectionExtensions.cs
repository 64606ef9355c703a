using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Rooms;

internal static class RoomsServiceCollectionExtensions
{
    /// <summary>Adds rooms, and the gate to the backplane that they and their members use. Needs an <see cref="Presence.IRoomPresence"/>.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddSingleton<ActiveBackplane>();
        services.AddSingleton(provider => new PublishWindow(
            provider.GetRequiredService<IOptions<LimitsOptions>>().Value.MessagesOnTheirWay, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FanOutLanes>();
        services.AddSingleton<Replayer>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<PublicationFactory>();
        services.AddSingleton<RoomDirectory>();
        services.AddSingleton<RoomJoiner>();
        services.AddSingleton<IBackplaneUser, RoomSwitch>();
        services.AddHostedService<RoomSweeper>();
        return services;
    }
}
