using System.Net;
using LocalAspire.Dashboard.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Server;

/// <summary>Opens the ports.</summary>
internal sealed class KestrelListeners(IOptions<DashboardOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        Listen(kestrel, Listener.Frontend, options.Value.Frontend.EndpointUrl, HttpProtocols.Http1);
        Listen(kestrel, Listener.OtlpGrpc, options.Value.Otlp.GrpcEndpointUrl, HttpProtocols.Http2);
        if (options.Value.Otlp.HttpEndpointUrl is { } http) Listen(kestrel, Listener.OtlpHttp, http, HttpProtocols.Http1);
    }

    private static void Listen(KestrelServerOptions kestrel, Listener listener, string address, HttpProtocols protocols)
    {
        var uri = new Uri(address);
        if (uri.Port == 0) kestrel.Listen(IPAddress.Loopback, 0, Configure);
        else if (uri.Host == "localhost") kestrel.ListenLocalhost(uri.Port, Configure);
        else if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip)) kestrel.Listen(ip, uri.Port, Configure);
        else kestrel.ListenAnyIP(uri.Port, Configure);

        void Configure(ListenOptions listen)
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                connection.Features.Set(new ListenerFeature(listener));
                return next(connection);
            });
        }
    }
}
