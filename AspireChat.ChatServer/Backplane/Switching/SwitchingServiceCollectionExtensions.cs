namespace AspireChat.ChatServer.Backplane.Switching;

internal static class SwitchingServiceCollectionExtensions
{
    /// <summary>
    /// Adds what keeps this instance in the common mode; without Redis the mode is local for good. Comes after the backplane and the instances, before
    /// what uses the backplane at its start, and needs an <see cref="IBackplaneFactory"/> and an <see cref="IBackplaneUser"/>.
    /// </summary>
    public static IServiceCollection AddSwitching(this IServiceCollection services)
    {
        services.AddOptions<SwitchingOptions>().BindConfiguration(SwitchingOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ChatOptions>().Validate(
            options => BackplaneModeNames.TryParse(options.Backplane, out _),
            $"Chat:Backplane must be {BackplaneModeNames.All}.");

        if (services.HasRedis())
            services.AddSingleton<IModeStore, RedisModeStore>();
        else
            services.AddSingleton<IModeStore, LoneModeStore>();

        services.AddSingleton<ModeSwitch>();
        services.AddSingleton<ModeApplier>();
        services.AddSingleton<ModeFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<ModeFollower>());
        services.AddHealthChecks().AddCheck<ModeHealthCheck>("mode");
        return services;
    }
}
