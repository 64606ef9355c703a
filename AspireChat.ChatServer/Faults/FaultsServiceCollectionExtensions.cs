using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Faults;

internal static class FaultsServiceCollectionExtensions
{
    /// <summary>Adds what the faults need. Comes after the backplane, and needs an <see cref="Draining.IDrain"/>.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services)
    {
        if (services.HasRedis())
            services.AddSingleton<RedisFaults>();
        return services;
    }
}
