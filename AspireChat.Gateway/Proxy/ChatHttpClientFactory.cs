using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace AspireChat.Gateway.Proxy;

/// <summary>A host that is gone answers nothing at all, not even a refusal: give up early, so that the next instance has the request.</summary>
internal sealed class ChatHttpClientFactory(IOptions<GatewayOptions> options, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.Value.ConnectTimeout;
    }
}
