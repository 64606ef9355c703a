using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;
using LocalAspire.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAspire.Dashboard;

/// <summary>Adds the dashboard to an app that is about to be built.</summary>
internal static class DashboardBuilderExtensions
{
    private const string Name = "dashboard";
    private const string OtherName = "localaspire-dashboard";

    /// <summary>Nothing where it is switched off, as under test.</summary>
    public static void AddDashboard(this IDistributedApplicationBuilder builder)
    {
        var settings = new DashboardSettings(builder.Configuration);
        if (settings.IsEnabled || settings.IsForOthers) builder.Services.AddResourceService(settings);
        if (!settings.IsEnabled) return;

        var name = builder.Resources.Any(resource => ModelName.Same(resource.Name, Name)) ? OtherName : Name;
        var dashboard = new DashboardResource(name);
        builder.AddResource(dashboard)
            .WithHttpEndpoint(settings.Port, name: DashboardResource.FrontendEndpoint)
            .WithHttpEndpoint(settings.OtlpPort, name: DashboardResource.OtlpEndpoint)
            .WithHttpEndpoint(settings.OtlpHttpPort, name: DashboardResource.OtlpHttpEndpoint)
            .WithHttpHealthCheck("/health", endpointName: DashboardResource.FrontendEndpoint)
            .WithUrls(context =>
            {
                context.Urls.Clear();
                context.Urls.Add(new ResourceUrlAnnotation { Url = dashboard.LoginUrl, DisplayText = "Dashboard" });
            })
            .RunsAs("Executable", services => DashboardProgram.Launch(
                dashboard, settings, services.GetRequiredService<ResourceServiceServer>()));
    }
}
