using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Security.Network;

/// <summary>Sets ASP.NET Core's host filtering and forwarded headers by <see cref="NetworkOptions"/> and its own setting <c>AllowedHosts</c>.</summary>
internal sealed class NetworkSetup(IConfiguration configuration, IOptions<NetworkOptions> options)
    : IConfigureOptions<HostFilteringOptions>, IConfigureOptions<ForwardedHeadersOptions>
{
    private string[] AllowedHosts => (configuration["AllowedHosts"] is { Length: > 0 } hosts ? hosts : NetworkOptions.LoopbackHosts)
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

        // One proxy, which overwrites what its client sent: what stands before its own word is anybody's.
        headers.ForwardLimit = 1;
        headers.AllowedHosts = AllowedHosts;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in options.Value.TrustedNetworks)
            headers.KnownIPNetworks.Add(network);
    }
}
