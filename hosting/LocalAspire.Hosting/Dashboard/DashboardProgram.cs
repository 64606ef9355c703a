using System.Reflection;
using Aspire.Hosting;
using LocalAspire.Processes;

namespace LocalAspire.Dashboard;

/// <summary>How the dashboard's process is started: what the build made of it, with the settings that Aspire's dashboard would get.</summary>
internal static class DashboardProgram
{
    private const string PathKey = "LocalAspire:DashboardProgram";

    public static LaunchSpec Launch(DashboardResource dashboard, DashboardSettings settings, ResourceServiceServer resourceService)
    {
        var program = typeof(DashboardProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == PathKey).Value!;
        if (!File.Exists(program))
            throw new DistributedApplicationException($"The dashboard cannot start: it has not been built, '{program}' is missing. Build the app host again, or switch the dashboard off with '{DashboardSettings.EnabledKey}=false'.");

        return new LaunchSpec
        {
            Program = DotnetHost.Path,
            Arguments = [program],
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Variables = Variables(dashboard, settings, resourceService),
        };
    }

    private static Dictionary<string, string> Variables(DashboardResource dashboard, DashboardSettings settings, ResourceServiceServer resourceService)
    {
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = dashboard.Frontend.Url,
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = dashboard.Otlp.Url,
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = dashboard.OtlpHttp.Url,
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService.Address,
            ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
            ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = dashboard.Keys.BrowserToken,
            ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
            ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = dashboard.Keys.Otlp,
            ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
            ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = resourceService.Key,
        };
        if (settings.ApiKey is { } key)
        {
            variables["DASHBOARD__API__ENABLED"] = "true";
            variables["DASHBOARD__API__PRIMARYAPIKEY"] = key;
        }

        return variables;
    }
}
