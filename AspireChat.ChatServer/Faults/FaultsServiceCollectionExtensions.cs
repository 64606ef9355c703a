using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Faults;

internal static class FaultsServiceCollectionExtensions
{
    /// <summary>
    /// Adds what the faults need. Comes after the backplane; needs an <see cref="Draining.IDrain"/> and, where there is Redis, an
    /// <see cref="ISubscriberFault"/>.
    /// </summary>
    public static IServiceCollection AddFaults(this IServiceCollection services)
    {
        if (services.HasRedis())
            services.AddSingleton<RedisPause>();
        return services;
    }
}
