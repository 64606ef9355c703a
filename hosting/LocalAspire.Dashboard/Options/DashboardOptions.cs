namespace LocalAspire.Dashboard.Options;

/// <summary>The settings, under the names that Aspire's app host sets for its own dashboard.</summary>
internal sealed class DashboardOptions
{
    public const string SectionName = "Dashboard";

    /// <summary>Shown until the resource service tells the app's name.</summary>
    public string ApplicationName { get; set; } = "LocalAspire";

    /// <summary>True to listen on other addresses than loopback ones. Default false.</summary>
    public bool AllowRemote { get; set; }

    public FrontendOptions Frontend { get; set; } = new();

    public OtlpOptions Otlp { get; set; } = new();

    public ResourceServiceClientOptions ResourceServiceClient { get; set; } = new();

    public ApiOptions Api { get; set; } = new();
}
