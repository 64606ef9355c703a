namespace LocalAspire.Dashboard.Options;

/// <summary>Where telemetry is received.</summary>
internal sealed class OtlpOptions
{
    /// <summary>From <c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c>: OTLP over gRPC. Default http://localhost:18889.</summary>
    public string GrpcEndpointUrl { get; set; } = "http://localhost:18889";

    /// <summary>From <c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c>: OTLP over HTTP. Null, the default, for none.</summary>
    public string? HttpEndpointUrl { get; set; }

    /// <summary>Unsecured or ApiKey. Default ApiKey where there is a key, else Unsecured.</summary>
    public AuthMode? AuthMode { get; set; }

    /// <summary>What a sender must show in <c>x-otlp-api-key</c>.</summary>
    public string? PrimaryApiKey { get; set; }

    /// <summary>A second key that is accepted too, while keys are changed.</summary>
    public string? SecondaryApiKey { get; set; }

    /// <summary>Bytes of one request, unpacked. Default 4 MiB.</summary>
    public int MaxRequestBytes { get; set; } = 4 << 20;

    public bool NeedsKey => AuthMode == Options.AuthMode.ApiKey || (AuthMode is null && PrimaryApiKey is not null);
}
