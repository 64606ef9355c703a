using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace AspireChat.Gateway.Proxy;

/// <summary>A host that is gone answers nothing at all, not even a refusal: give up early, so that the next instance has the request.</summary>
internal sealed class ChatHttpClientFactory(IOptions<GatewayOptions> options, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    /// <summary>Shorter than an instance keeps a socket without a request, so that none is used just as it is closed.</summary>
    private static readonly TimeSpan KeptIdle = TimeSpan.FromSeconds(5);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.Value.ConnectTimeout;
        handler.PooledConnectionIdleTimeout = KeptIdle;
        handler.ConnectCallback = (connection, cancellationToken) => InstanceSockets.ConnectAsync(connection, options.Value.DeadAfter, cancellationToken);
    }
}
