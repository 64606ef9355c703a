using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Options;

/// <summary>Reads the settings.</summary>
internal static class OptionsServiceCollectionExtensions
{
    public static IServiceCollection AddDashboardOptions(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>();
        services.AddOptions<DashboardOptions>()
            .BindConfiguration(DashboardOptions.SectionName)
            .Configure<IConfiguration>(ReadAddresses)
            .ValidateOnStart();
        return services;
    }

    /// <summary>Takes the address of the pages from where ASP.NET Core keeps it, which would say at each start that it is overridden.</summary>
    public static void TakeFrontendAddress(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is not { Length: > 0 } urls) return;

        builder.Configuration[$"{DashboardOptions.SectionName}:Frontend:EndpointUrl"] = urls.Split(';')[0];
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
    }

    /// <summary>The other addresses have names of their own, outside the section.</summary>
    private static void ReadAddresses(DashboardOptions options, IConfiguration configuration)
    {
        options.Otlp.GrpcEndpointUrl = Read("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL") ?? options.Otlp.GrpcEndpointUrl;
        options.Otlp.HttpEndpointUrl = Read("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL") ?? options.Otlp.HttpEndpointUrl;
        options.ResourceServiceClient.Url = Read("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL") ?? options.ResourceServiceClient.Url;

        string? Read(string key) => configuration[key] is { Length: > 0 } value ? value : null;
    }
}
