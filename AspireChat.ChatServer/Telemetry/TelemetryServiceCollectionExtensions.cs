using System.Diagnostics.Metrics;

namespace AspireChat.ChatServer.Telemetry;

internal static class TelemetryServiceCollectionExtensions
{
    /// <summary>Adds the chat's own spans and instruments. Who exports them is for the service defaults to say.</summary>
    public static IServiceCollection AddChatTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(provider => new ChatTelemetry(
            provider.GetRequiredService<IMeterFactory>(),
            new TraceAllowance(provider.GetService<IConfiguration>(), provider.GetService<TimeProvider>())));
        return services;
    }
}
