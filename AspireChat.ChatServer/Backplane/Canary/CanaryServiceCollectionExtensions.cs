namespace AspireChat.ChatServer.Backplane.Canary;

internal static class CanaryServiceCollectionExtensions
{
    /// <summary>Adds the canary, where there is a Redis. Comes after the backplane, the instances and the mode, and needs an <see cref="IBackplaneUser"/>.</summary>
    public static IServiceCollection AddCanary(this IServiceCollection services)
    {
        if (!services.HasRedis())
            return services;

        services.AddOptions<CanaryOptions>().BindConfiguration(CanaryOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CanaryMetrics>();
        services.AddSingleton<CanaryWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<CanaryWatch>());
        services.AddHealthChecks().AddCheck<CanaryHealthCheck>("canary");
        return services;
    }
}
