using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AspireChat.ChatServer.Upkeep;

internal static class UpkeepServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="Pulse"/>, unless it is there. It needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddUpkeep(this IServiceCollection services)
    {
        services.TryAddSingleton<Pulse>();
        return services;
    }
}
