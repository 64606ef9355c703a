using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

internal static class ConnectionsServiceCollectionExtensions
{
    /// <summary>Adds everything behind <c>/ws</c>. Needs the rooms, draining and telemetry.</summary>
    public static IServiceCollection AddChatConnections(this IServiceCollection services)
    {
        services.AddOptions<ConnectionOptions>().BindConfiguration(ConnectionOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.SectionName).ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure<IHostEnvironment>((limits, environment) =>
            {
                limits.ConnectionsPerAddress ??= environment.IsDevelopment() ? 0 : LimitsOptions.DefaultConnectionsPerAddress;
                limits.ConnectionsPerUser ??= environment.IsDevelopment() ? 0 : LimitsOptions.DefaultConnectionsPerUser;
            });
        services.AddOptions<OriginOptions>().BindConfiguration(OriginOptions.SectionName).ValidateOnStart()
            .Validate(options => options.Allowed.All(IsOrigin), "Each of Chat:Origins:Allowed must be an origin as browsers send it: scheme, host and port, without a path.");

        // A write is done once the socket has taken it: what waits in between, the answer to the upgrade for one, would be overtaken by what is written
        // straight to the socket.
        services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = 1);

        // Before the upgrade a socket is the web server's, which would keep a silent one for over two minutes.
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ConnectionOptions>>((kestrel, connections) =>
        {
            kestrel.Limits.KeepAliveTimeout = connections.Value.SilentSocket;
            kestrel.Limits.RequestHeadersTimeout = ConnectionOptions.RequestHead;
            kestrel.Limits.MaxConcurrentConnections ??= OpenFiles.Sockets;
        });

        services.AddSingleton<ConnectionSetup>();
        services.AddSingleton<ConnectionDirectory>();
        services.AddSingleton<IInstanceLoad, ConnectionLoad>();
        services.AddSingleton<IUserConnections, UserConnections>();
        services.AddSingleton<OriginPolicy>();
        services.AddSingleton<ConnectionLimit>();
        services.AddSingleton<AddressLimit>();
        services.AddSingleton<UserLimit>();
        services.AddSingleton<MessageSender>();
        services.AddSingleton<FrameHandler>();
        services.AddSingleton<ConnectionLoop>();
        services.AddSingleton<ConnectionRunner>();
        services.AddSingleton<ConnectionEndpoint>();
        services.AddHostedService<ConnectionSweeper>();
        services.AddHostedService<Tidying>();
        return services;
    }

    /// <summary>Maps <c>/ws</c>, for HTTP/1.1 upgrades and HTTP/2 extended CONNECT.</summary>
    public static IEndpointConventionBuilder MapChatConnections(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<ConnectionEndpoint>();
        return endpoints.Map("/ws", endpoint.HandleAsync);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && origin == uri.GetLeftPart(UriPartial.Authority);
}
