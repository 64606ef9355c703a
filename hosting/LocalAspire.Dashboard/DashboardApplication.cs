using LocalAspire.Dashboard.Api;
using LocalAspire.Dashboard.Components;
using LocalAspire.Dashboard.Options;
using LocalAspire.Dashboard.Otlp;
using LocalAspire.Dashboard.Resources;
using LocalAspire.Dashboard.Security;
using LocalAspire.Dashboard.Server;
using LocalAspire.Dashboard.Telemetry;

namespace LocalAspire.Dashboard;

/// <summary>Puts the dashboard together; a test builds the same.</summary>
internal static class DashboardApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(DashboardApplication).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();

        // It logs each request's address at a level below: the login address holds the token.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        // It warns at each start that the ports are opened one by one, as they are on purpose (KestrelListeners).
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.Services.AddDashboardOptions();
        builder.Services.AddListeners();
        builder.Services.AddDashboardSecurity(builder.Configuration);
        builder.Services.AddTelemetryStore();
        builder.Services.AddOtlpReceiver();
        builder.Services.AddAppResources();
        builder.Services.AddPages();

        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<ListenerMiddleware>();
        app.UseMiddleware<OtlpKeyFilter>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OriginCheck>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapOtlpReceiver();
        app.MapLogin();
        app.MapHealth();
        app.MapTelemetryApi();
        app.MapPages();
        return app;
    }
}
