using LocalAspire.Dashboard.Options;
using LocalAspire.Dashboard.Otlp;
using LocalAspire.Dashboard.Server;
using LocalAspire.Dashboard.Telemetry;

namespace LocalAspire.Dashboard;

/// <summary>Puts the dashboard together; a test builds the same.</summary>
internal static class DashboardApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddDashboardOptions();
        builder.Services.AddListeners();
        builder.Services.AddTelemetryStore();
        builder.Services.AddOtlpReceiver();

        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<ListenerMiddleware>();
        app.UseMiddleware<OtlpKeyFilter>();
        app.MapOtlpReceiver();
        return app;
    }
}
