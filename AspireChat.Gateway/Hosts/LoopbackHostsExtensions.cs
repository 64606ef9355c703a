using Microsoft.AspNetCore.HostFiltering;

namespace AspireChat.Gateway.Hosts;

internal static class LoopbackHostsExtensions
{
    private static readonly string[] LoopbackNames = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Answers only requests for a loopback name unless <c>AllowedHosts</c> says otherwise: a page of a foreign site
    /// whose name was rebound to this machine's address would else be of the same origin as the chat.
    /// </summary>
    public static void AddLoopbackHosts(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration["AllowedHosts"]))
        {
            services.Configure<HostFilteringOptions>(options => options.AllowedHosts = LoopbackNames);
        }
    }
}
