namespace LocalAspire.Dashboard.Options;

/// <summary>The pages.</summary>
internal sealed class FrontendOptions
{
    /// <summary>From <c>ASPNETCORE_URLS</c>. Default http://localhost:15080.</summary>
    public string EndpointUrl { get; set; } = "http://localhost:15080";

    /// <summary>Unsecured or BrowserToken. Default BrowserToken.</summary>
    public AuthMode AuthMode { get; set; } = AuthMode.BrowserToken;

    /// <summary>What a browser must show once. Without one, the dashboard makes one and prints the address with it.</summary>
    public string? BrowserToken { get; set; }
}
