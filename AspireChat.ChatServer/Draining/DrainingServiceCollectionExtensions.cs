using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Draining;

internal static class DrainingServiceCollectionExtensions
{
    /// <summary>What stopping takes besides the drain.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Adds the drain at the end of the process, when another has taken its name, and on command by <see cref="IDrain"/>. Needs the instances.</summary>
    public static IServiceCollection AddDraining(this IServiceCollection services)
    {
        services.AddOptions<DrainOptions>().BindConfiguration(DrainOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<DrainOptions>>((host, drain) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(drain.Value.Seconds) + Rest);
        services.AddSingleton<DrainState>();
        services.AddSingleton<IDrain, Drain>();
        services.AddHostedService<DrainOnStop>();
        services.AddHostedService<DrainWhenSuperseded>();
        services.AddHealthChecks().AddCheck<DrainHealthCheck>("drain");
        return services;
    }
}
