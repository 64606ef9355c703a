using AspireChat.Gateway.Instances;
using AspireChat.Gateway.Lab;
using AspireChat.Gateway.Network;
using AspireChat.Gateway.Pages;
using AspireChat.Gateway.Proxy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway;

/// <summary>What the gateway is made of; apart from <c>Program</c>, so that tests compose the very same.</summary>
internal static class GatewayApplication
{
    /// <summary>How long a request may take to come with all its headers, from its first byte on.</summary>
    private static readonly TimeSpan RequestHead = TimeSpan.FromSeconds(10);

    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.Services.AddOptionsWithValidateOnStart<GatewayOptions>()
            .BindConfiguration(GatewayOptions.SectionName)
            .ValidateDataAnnotations();

        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, gateway) =>
        {
            kestrel.Limits.KeepAliveTimeout = gateway.Value.SilentTimeout;
            kestrel.Limits.RequestHeadersTimeout = RequestHead;
        });

        builder.Services.AddNetwork();
        builder.Services.AddInstances(builder.Configuration);
        builder.Services.AddChatProxy();
        builder.Services.AddLab();

        // A proxied WebSocket never ends by itself, and a stopping host waits for it. The instances close their
        // connections themselves; the gateway only leaves them the moment that takes.
        builder.Services.AddOptions<HostOptions>()
            .Configure<IOptions<GatewayOptions>>((host, gateway) => host.ShutdownTimeout = gateway.Value.ShutdownTimeout);
    }

    public static void UseGateway(this WebApplication app)
    {
        app.UseNetwork();
        app.UseLab();
        app.UsePages();
        app.MapDashboard();
        app.MapChatProxy();
    }
}
