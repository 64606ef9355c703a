using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Dashboard;

/// <summary>The dashboard as one of the app's processes: started, guarded and stopped like the others, and shown to nobody but the console.</summary>
internal sealed class DashboardResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithEndpoints
{
    public const string FrontendEndpoint = "http";
    public const string OtlpEndpoint = "otlp";
    public const string OtlpHttpEndpoint = "otlp-http";

    /// <summary>The secrets of this run.</summary>
    public DashboardKeys Keys { get; } = new();

    public EndpointReference Frontend => new(this, FrontendEndpoint);

    /// <summary>Where the app's processes send their telemetry.</summary>
    public EndpointReference Otlp => new(this, OtlpEndpoint);

    public EndpointReference OtlpHttp => new(this, OtlpHttpEndpoint);

    /// <summary>The address that logs a browser in; a secret.</summary>
    public string LoginUrl => $"{Frontend.Url}/login?t={Keys.BrowserToken}";
}
