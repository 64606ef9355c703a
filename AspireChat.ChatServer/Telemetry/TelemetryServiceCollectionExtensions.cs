namespace AspireChat.ChatServer.Telemetry;

internal static class TelemetryServiceCollectionExtensions
{
    /// <summary>Adds the chat's own spans and instruments. Who exports them is for the service defaults to say.</summary>
    public static IServiceCollection AddChatTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<ChatTelemetry>();
        return services;
    }
}
