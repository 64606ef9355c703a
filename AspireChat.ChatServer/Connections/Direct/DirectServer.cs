using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>The web server, which shows <see cref="DirectConnections"/> the application that it is started with.</summary>
internal sealed class DirectServer(IServer server, DirectConnections connections) : IServer
{
    public IFeatureCollection Features => server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        connections.Application = DirectApplication.Of(application);
        return server.StartAsync(application, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();
}
