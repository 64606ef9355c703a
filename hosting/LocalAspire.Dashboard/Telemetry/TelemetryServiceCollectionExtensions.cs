namespace LocalAspire.Dashboard.Telemetry;

/// <summary>Registers the stores.</summary>
internal static class TelemetryServiceCollectionExtensions
{
    public static IServiceCollection AddTelemetryStore(this IServiceCollection services)
    {
        services.AddOptions<TelemetryLimits>().BindConfiguration(TelemetryLimits.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<TelemetryStore>();
        return services;
    }
}
