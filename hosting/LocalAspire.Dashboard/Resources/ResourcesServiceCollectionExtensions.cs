namespace LocalAspire.Dashboard.Resources;

/// <summary>Registers the client of the app host's resource service.</summary>
internal static class ResourcesServiceCollectionExtensions
{
    public static IServiceCollection AddAppResources(this IServiceCollection services)
    {
        services.AddSingleton<AppResources>();
        services.AddSingleton<ResourceServiceChannel>();
        services.AddSingleton<ResourceCommander>();
        services.AddSingleton<ConsoleLogs>();
        services.AddHostedService<ResourceWatcher>();
        return services;
    }
}
