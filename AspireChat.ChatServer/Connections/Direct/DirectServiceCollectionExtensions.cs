using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AspireChat.ChatServer.Connections.Direct;

internal static class DirectServiceCollectionExtensions
{
    /// <summary>Where <c>Chat:Transport</c> asks for it, takes upgrades before the web server does. Changes nothing else. Needs the connections.</summary>
    public static IServiceCollection AddDirectTransport(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetSection(ChatOptions.SectionName)[nameof(ChatOptions.Transport)] != ChatOptions.DirectTransport)
        {
            return services;
        }

        var server = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton<DirectConnections>();
        services.AddSingleton<IServer>(provider => new DirectServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, server),
            provider.GetRequiredService<DirectConnections>()));
        return services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(Take));
    }

    /// <summary>Endpoints have their TLS added after this, so the bytes that are seen here are those on the wire.</summary>
    private static void Take(ListenOptions listen) => listen.Use(server =>
    {
        var connections = listen.ApplicationServices.GetRequiredService<DirectConnections>();
        return connection => connections.RunAsync(connection, listen, server);
    });
}
