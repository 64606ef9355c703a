using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Switching;
using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Presence;

internal static class PresenceServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IRoomPresence"/>: over all instances where there is Redis, else on this one. Comes after the backplane and the instances, and
    /// needs an <see cref="IBackplaneUser"/>.
    /// </summary>
    public static IServiceCollection AddPresence(this IServiceCollection services)
    {
        services.AddOptions<PresenceOptions>().BindConfiguration(PresenceOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton(provider => new Lazy<IBackplaneUser>(provider.GetRequiredService<IBackplaneUser>));
        services.AddSingleton<PresenceAnnouncer>();
        services.AddSingleton<DueRooms>();
        services.AddSingleton<PresenceRooms>();
        services.AddSingleton<PresenceRefresh>();
        services.AddSingleton<IRoomPresence, RoomPresence>();
        services.AddSingleton<PresenceUpkeep>();
        services.AddSingleton<IModeObserver>(provider => provider.GetRequiredService<PresenceUpkeep>());
        services.AddHostedService(provider => provider.GetRequiredService<PresenceUpkeep>());

        if (services.HasRedis())
        {
            services.AddSingleton<PresenceStore>();
            services.AddSingleton<IIncarnationHeir, PresenceHeir>();
        }

        return services;
    }
}
