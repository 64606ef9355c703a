using Microsoft.Extensions.Configuration;

namespace LocalAspire.Dashboard;

/// <summary>What can be set of the dashboard and of the service that tells it of the resources.</summary>
internal sealed class DashboardSettings(IConfiguration configuration)
{
    /// <summary>False for an app without a dashboard.</summary>
    public const string EnabledKey = "LocalAspire:Dashboard";

    /// <summary>The port of its pages. Default 15080, or a free one where that is taken.</summary>
    public const string PortKey = "LocalAspire:Dashboard:Port";

    /// <summary>Opens its JSON API to those who show this key. Default: it has none.</summary>
    public const string ApiKeyKey = "LocalAspire:Dashboard:ApiKey";

    /// <summary>The address of the resource service, for a dashboard that somebody else starts. Default: on a free port, for our own.</summary>
    public const string ResourceServiceUrlKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    /// <summary>The key of the resource service. Default: one made for this run.</summary>
    public const string ResourceServiceKeyKey = "AppHost:ResourceService:ApiKey";

    private const int DefaultPort = 15080;

    public bool IsEnabled => !string.Equals(configuration[EnabledKey], "false", StringComparison.OrdinalIgnoreCase);

    public string? ApiKey => Text(ApiKeyKey);

    public string? ResourceServiceUrl => Text(ResourceServiceUrlKey);

    public string? ResourceServiceKey => Text(ResourceServiceKeyKey);

    /// <summary>The port that was asked for; else the default one while nobody listens there; else null, for any.</summary>
    public int? Port => configuration.GetValue<int?>(PortKey) ?? (LoopbackPort.IsFree(DefaultPort) ? DefaultPort : null);

    private string? Text(string key) => configuration[key] is { Length: > 0 } value ? value : null;
}
