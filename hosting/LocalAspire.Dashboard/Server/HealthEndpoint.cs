namespace LocalAspire.Dashboard.Server;

/// <summary>Tells the app host that the dashboard serves.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this WebApplication app) => app.MapGet("/health", () => "Healthy").AllowAnonymous();
}
