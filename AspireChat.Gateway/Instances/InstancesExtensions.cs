namespace AspireChat.Gateway.Instances;

internal static class InstancesExtensions
{
    /// <summary>Where the chat servers are.</summary>
    public static void AddInstances(this IServiceCollection services) =>
        services.AddSingleton<IInstanceSource, ConfiguredInstances>();
}
