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

    /// <summary>The addresses have names of their own, outside the section.</summary>
    private static void ReadAddresses(DashboardOptions options, IConfiguration configuration)
    {
        options.Frontend.EndpointUrl = Read(WebHostDefaults.ServerUrlsKey)?.Split(';')[0] ?? options.Frontend.EndpointUrl;
        options.Otlp.GrpcEndpointUrl = Read("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL") ?? options.Otlp.GrpcEndpointUrl;
        options.Otlp.HttpEndpointUrl = Read("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL") ?? options.Otlp.HttpEndpointUrl;
        options.ResourceServiceClient.Url = Read("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL") ?? options.ResourceServiceClient.Url;

        string? Read(string key) => configuration[key] is { Length: > 0 } value ? value : null;
    }
}
