namespace AspireChat.ChatServer.Rebalancing;

internal static class RebalancingServiceCollectionExtensions
{
    /// <summary>Adds the moves to instances that have too few connections. Needs the instances, the connections and draining.</summary>
    public static IServiceCollection AddRebalancing(this IServiceCollection services)
    {
        services.AddOptions<RebalancingOptions>().BindConfiguration(RebalancingOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<Rebalancer>();
        return services;
    }
}
