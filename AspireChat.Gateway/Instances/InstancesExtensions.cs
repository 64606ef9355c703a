using AspireChat.Gateway.Instances.Discovery;

namespace AspireChat.Gateway.Instances;

internal static class InstancesExtensions
{
    /// <summary>Where the chat servers are.</summary>
    public static void AddInstances(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<DiscoveryOptions>().BindConfiguration(DiscoveryOptions.SectionName).ValidateDataAnnotations();

        var source = configuration.GetSection(DiscoveryOptions.SectionName).GetValue(nameof(DiscoveryOptions.Source), DiscoverySource.Configuration);
        if (source is DiscoverySource.Configuration)
        {
            services.AddSingleton<IInstanceSource, ConfiguredInstances>();
            return;
        }

        services.AddSingleton<NameServers>();
        if (source is DiscoverySource.DnsSrv)
            services.AddSingleton<IInstanceLookup, ServiceLookup>();
        else
            services.AddSingleton<IInstanceLookup, AddressLookup>();

        services.AddSingleton<DnsInstances>();
        services.AddSingleton<IInstanceSource>(provider => provider.GetRequiredService<DnsInstances>());
        services.AddHostedService(provider => provider.GetRequiredService<DnsInstances>());
    }
}
