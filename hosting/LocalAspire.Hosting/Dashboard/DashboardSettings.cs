using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace LocalAspire.Dashboard;

/// <summary>
/// What can be set of the dashboard and of the service that tells it of the resources. The addresses are those that Aspire's
/// app host reads, as a launch profile gives them: of each, the port is taken while it is free, and else any.
/// </summary>
internal sealed class DashboardSettings(IConfiguration configuration)
{
    /// <summary>False for an app without a dashboard.</summary>
    public const string EnabledKey = "LocalAspire:Dashboard";

    /// <summary>The port of its pages, which must be free. Default: that of <see cref="FrontendUrlKey"/>, 15080, or any.</summary>
    public const string PortKey = "LocalAspire:Dashboard:Port";

    /// <summary>Opens its JSON API to those who show this key. Default: it has none.</summary>
    public const string ApiKeyKey = "LocalAspire:Dashboard:ApiKey";

    /// <summary>The key of the resource service, for a dashboard that somebody else starts. Default: one made for this run.</summary>
    public const string ResourceServiceKeyKey = "AppHost:ResourceService:ApiKey";

    /// <summary>Where its pages are wanted; once the ports are assigned, where they are.</summary>
    public const string FrontendUrlKey = "ASPNETCORE_URLS";

    private const string OtlpUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string OtlpHttpUrlKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string ResourceServiceUrlKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    private const int DefaultPort = 15080;

    public bool IsEnabled => !string.Equals(configuration[EnabledKey], "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Somebody else's dashboard is to be served: its address and key were agreed.</summary>
    public bool IsForOthers => Text(ResourceServiceUrlKey) is not null && ResourceServiceKey is not null;

    public string? ApiKey => Text(ApiKeyKey);

    public string? ResourceServiceKey => Text(ResourceServiceKeyKey);

    /// <summary>Null for any; so are the others.</summary>
    public int? Port => configuration.GetValue<int?>(PortKey) ?? FreePortOf(FrontendUrlKey) ?? (LoopbackPort.IsFree(DefaultPort) ? DefaultPort : null);

    public int? OtlpPort => FreePortOf(OtlpUrlKey);

    public int? OtlpHttpPort => FreePortOf(OtlpHttpUrlKey);

    public int? ResourceServicePort => FreePortOf(ResourceServiceUrlKey);

    private int? FreePortOf(string key)
    {
        if (Text(key) is not { } url) return null;

        if (!Uri.TryCreate(url.Split(';')[0], UriKind.Absolute, out var uri) || uri is not { IsLoopback: true, Scheme: "http" })
            throw new DistributedApplicationException($"'{key}' is '{url}', which is no plain HTTP address on this machine. Give one like 'http://localhost:15080', or none.");

        return uri.Port > 0 && LoopbackPort.IsFree(uri.Port) ? uri.Port : null;
    }

    private string? Text(string key) => configuration[key] is { Length: > 0 } value ? value : null;
}
