using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Network;

/// <summary>Sets ASP.NET Core's host filtering and forwarded headers by <see cref="NetworkOptions"/> and its own setting <c>AllowedHosts</c>.</summary>
internal sealed class NetworkSetup(IConfiguration configuration, IOptions<NetworkOptions> options)
    : IConfigureOptions<HostFilteringOptions>, IConfigureOptions<ForwardedHeadersOptions>
{
    /// <summary>
    /// The names of this machine for itself. A foreign site whose name was rebound to this machine's address would else be of the same
    /// origin as the chat.
    /// </summary>
    private const string LoopbackHosts = "localhost;*.localhost;127.0.0.1;[::1]";

    private string[] AllowedHosts => (configuration["AllowedHosts"] is { Length: > 0 } hosts ? hosts : LoopbackHosts)
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public void Configure(HostFilteringOptions options)
    {
        options.AllowedHosts = AllowedHosts;
        options.AllowEmptyHosts = false;
        options.IncludeFailureMessage = false;
    }

    public void Configure(ForwardedHeadersOptions headers)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        headers.ForwardLimit = 1; // What stands before the trusted proxy's own word is anybody's.
        headers.AllowedHosts = AllowedHosts;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in options.Value.TrustedNetworks) headers.KnownIPNetworks.Add(network);
    }
}
