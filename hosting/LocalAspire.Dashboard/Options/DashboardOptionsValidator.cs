using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Options;

/// <summary>Refuses to start with settings that leave an entrance open by mistake.</summary>
internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var failures = new List<string>();
        if (options.Frontend.AuthMode == AuthMode.ApiKey)
            failures.Add("'DASHBOARD__FRONTEND__AUTHMODE' cannot be 'ApiKey'. Set it to 'BrowserToken' or 'Unsecured'.");
        if (options.Otlp.AuthMode == AuthMode.BrowserToken)
            failures.Add("'DASHBOARD__OTLP__AUTHMODE' cannot be 'BrowserToken'. Set it to 'ApiKey' or 'Unsecured'.");
        if (options.Otlp is { NeedsKey: true, PrimaryApiKey: null or "" })
            failures.Add("'DASHBOARD__OTLP__AUTHMODE' is 'ApiKey' without a key. Set 'DASHBOARD__OTLP__PRIMARYAPIKEY'.");
        if (options.ResourceServiceClient is { AuthMode: AuthMode.ApiKey, ApiKey: null or "" })
            failures.Add("'DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE' is 'ApiKey' without a key. Set 'DASHBOARD__RESOURCESERVICECLIENT__APIKEY'.");
        if (options.Api is { Enabled: true, AuthMode: not AuthMode.Unsecured, PrimaryApiKey: null or "" })
            failures.Add("'DASHBOARD__API__ENABLED' is true without a key. Set 'DASHBOARD__API__PRIMARYAPIKEY', or 'DASHBOARD__API__AUTHMODE' to 'Unsecured'.");

        CheckAddress(failures, "ASPNETCORE_URLS", options.Frontend.EndpointUrl, options.AllowRemote);
        CheckAddress(failures, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", options.Otlp.GrpcEndpointUrl, options.AllowRemote);
        if (options.Otlp.HttpEndpointUrl is { } http) CheckAddress(failures, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", http, options.AllowRemote);
        if (options.ResourceServiceClient.Url is { } url && !Uri.TryCreate(url, UriKind.Absolute, out _))
            failures.Add($"'ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL' is '{url}', which is no address. Give one like 'http://localhost:20000'.");

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static void CheckAddress(List<string> failures, string setting, string value, bool allowRemote)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            failures.Add($"'{setting}' is '{value}', which is no plain HTTP address. Give one like 'http://localhost:15080'.");
        else if (!uri.IsLoopback && !allowRemote)
            failures.Add($"'{setting}' is '{value}', which other machines reach. Use 'localhost', or set 'DASHBOARD__ALLOWREMOTE' to 'true'.");
    }
}
