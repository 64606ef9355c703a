using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Dashboard;

/// <summary>
/// Writes where the dashboard is, and by what a browser logs in, into the settings that Aspire's app host keeps them in: an app may read them there
/// for a link. Runs once the ports are assigned, as only then the address is certain.
/// </summary>
internal sealed class DashboardAddress(IResourceCollection resources, IConfiguration configuration) : IHostedService
{
    private const string BrowserTokenKey = "AppHost:BrowserToken";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (resources.OfType<DashboardResource>().FirstOrDefault() is { } dashboard)
        {
            configuration[DashboardSettings.FrontendUrlKey] = dashboard.Frontend.Url;
            configuration[BrowserTokenKey] = dashboard.Keys.BrowserToken;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
