namespace LocalAspire.Dashboard.Options;

/// <summary>The app host's resource service.</summary>
internal sealed class ResourceServiceClientOptions
{
    /// <summary>From <c>ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL</c>. Null where the dashboard shows telemetry only.</summary>
    public string? Url { get; set; }

    /// <summary>Unsecured or ApiKey. Default ApiKey where there is a key, else Unsecured.</summary>
    public AuthMode? AuthMode { get; set; }

    /// <summary>What the dashboard shows in <c>x-resource-service-api-key</c>.</summary>
    public string? ApiKey { get; set; }
}
