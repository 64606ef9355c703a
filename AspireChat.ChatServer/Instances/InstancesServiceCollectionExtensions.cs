using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Instances;

internal static class InstancesServiceCollectionExtensions
{
    /// <summary>
    /// Adds this instance's lease, the directory of instances and the notices between them. Comes after the backplane, and needs
    /// an <see cref="IInstanceLoad"/>. Goes before all else that writes to Redis in this incarnation's name: the lease must be the first to start and
    /// the last to stop.
    /// </summary>
    public static IServiceCollection AddInstances(this IServiceCollection services)
    {
        services.AddOptions<InstancesOptions>().BindConfiguration(InstancesOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new RedisKeys(provider.GetRequiredService<IOptions<ChatOptions>>().Value.Prefix));

        services.AddUpkeep();
        services.AddSingleton<OwnStatus>();
        if (services.HasRedis())
            services.AddSingleton<IInstanceLeases, RedisInstanceLeases>();
        else
            services.AddSingleton<IInstanceLeases, LoneInstance>();

        services.AddSingleton<InstanceHeartbeat>();
        services.AddSingleton<IInstanceDirectory>(provider => provider.GetRequiredService<InstanceHeartbeat>());
        services.AddHostedService(provider => provider.GetRequiredService<InstanceHeartbeat>());
        services.AddSingleton<InstanceNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<InstanceNotices>());
        return services;
    }
}
