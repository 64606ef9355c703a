using Microsoft.Extensions.DependencyInjection;

namespace LocalAspire.Dashboard;

internal static class ResourceServiceExtensions
{
    /// <summary>Serves the resources to a dashboard. It starts before the resources, so that their first word is heard.</summary>
    public static IServiceCollection AddResourceService(this IServiceCollection services, DashboardSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ResourceServiceServer>();
        services.AddHostedService(provider => provider.GetRequiredService<ResourceServiceServer>());
        return services;
    }
}
