using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using AspireChat.Client;
using AspireChat.Client.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Client;

/// <summary>A chat server that does exactly what a test tells it to, frame by frame, behind a real WebSocket; and the clients that connect to it.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ScriptedConnection> _connections = Channel.CreateUnbounded<ScriptedConnection>();
    private readonly Channel<int> _refusals = Channel.CreateUnbounded<int>();
    private readonly ConcurrentBag<ScriptedConnection> _accepted = [];
    private readonly ConcurrentBag<ChatClient> _clients = [];

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public ChatClientOptions Options => new() { Address = Address, Name = "ada" };

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ScriptedServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Map("/ws", server.AcceptAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new UriBuilder(server._app.Urls.Single()) { Scheme = "ws", Path = "/ws" }.Uri;
        return server;
    }

    /// <summary>Answers the next upgrade with a status instead.</summary>
    public void RefuseNext(int status) => _refusals.Writer.TryWrite(status);

    /// <summary>The next connection, not yet welcomed.</summary>
    public async Task<ScriptedConnection> NextAsync() =>
        await _connections.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>The next connection, welcomed.</summary>
    public async Task<ScriptedConnection> WelcomeNextAsync(string backplane = "stream", double pingSeconds = 0)
    {
        var connection = await NextAsync();
        await connection.WelcomeAsync(backplane, pingSeconds);
        return connection;
    }

    /// <summary>Connects a client that waits no time before it reconnects, unless <paramref name="random"/> says so.</summary>
    public async Task<ChatClient> ConnectAsync(ChatClientOptions? options = null, double random = 0)
    {
        var client = await ChatClient.StartAsync(new ChatClient(options ?? Options, new Backoff(() => random)), TestContext.Current.CancellationToken);
        _clients.Add(client);
        return client;
    }

    /// <summary>A connected client and the server's end of its connection.</summary>
    public async Task<(ChatClient Client, ScriptedConnection Connection)> ConnectBothAsync(
        ChatClientOptions? options = null, double random = 0, string backplane = "stream", double pingSeconds = 0)
    {
        var connecting = ConnectAsync(options, random);
        var connection = await WelcomeNextAsync(backplane, pingSeconds);
        return (await connecting, connection);
    }

    public async ValueTask DisposeAsync()
    {
        // Connections first: clients need not wait then for a goodbye that no script answers.
        foreach (var connection in _accepted)
            connection.Abort();

        foreach (var client in _clients)
            await client.DisposeAsync();

        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (_refusals.Reader.TryRead(out var status))
        {
            context.Response.StatusCode = status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
        var connection = new ScriptedConnection(socket, context);
        _accepted.Add(connection);
        await _connections.Writer.WriteAsync(connection);
        await connection.Over.WaitAsync(_app.Lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
