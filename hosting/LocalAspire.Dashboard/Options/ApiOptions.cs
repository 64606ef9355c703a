namespace LocalAspire.Dashboard.Options;

/// <summary>The JSON API over the telemetry.</summary>
internal sealed class ApiOptions
{
    /// <summary>Default false: then its addresses do not exist.</summary>
    public bool Enabled { get; set; }

    /// <summary>Unsecured or ApiKey. Default ApiKey.</summary>
    public AuthMode AuthMode { get; set; } = AuthMode.ApiKey;

    /// <summary>What a caller must show in <c>x-api-key</c>.</summary>
    public string? PrimaryApiKey { get; set; }

    /// <summary>A second key that is accepted too, while keys are changed.</summary>
    public string? SecondaryApiKey { get; set; }
}
