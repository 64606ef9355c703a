using System.Net;
using System.Security.Cryptography.X509Certificates;
using AspireChat.ChatServer;
using AspireChat.ChatServer.Api;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Connections.Direct;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;
using AspireChat.ChatServer.Telemetry;
using AspireChat.Tests.Backplane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.ChatServers;

/// <summary>The front of a chat server on a real socket, over a <see cref="MemoryHub"/>. Servers that share a hub stand for instances.</summary>
internal sealed class TestChatServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestChatServer(WebApplication app, MemoryHub hub)
    {
        _app = app;
        Hub = hub;
    }

    public MemoryHub Hub { get; }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public RoomDirectory Rooms => Services.GetRequiredService<RoomDirectory>();

    public ConnectionDirectory Connections => Services.GetRequiredService<ConnectionDirectory>();

    /// <param name="hub">What joins it to others; one of its own by default.</param>
    /// <param name="presence">Presence shared with others; one of its own by default.</param>
    /// <param name="mode">The mode to begin with; null leaves the server without a backplane.</param>
    /// <param name="protocols">The HTTP versions on its port.</param>
    /// <param name="certificate">For TLS; null for none.</param>
    /// <param name="settings">Configuration, as <c>("Chat:Limits:SendsPerSecond", "5")</c>.</param>
    public static async Task<TestChatServer> StartAsync(
        MemoryHub? hub = null,
        MemoryPresence? presence = null,
        BackplaneMode? mode = BackplaneMode.Stream,
        HttpProtocols protocols = HttpProtocols.Http1,
        X509Certificate2? certificate = null,
        params (string Key, string Value)[] settings)
    {
        hub ??= new MemoryHub();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new TestOutputLogger(TestContext.Current.TestOutputHelper));
        builder.Configuration["Chat:Instance"] = "chat-1";
        builder.Configuration["Chat:Drain:Seconds"] = "0";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddHealthChecks();
        builder.Services.AddChatOptions();
        builder.Services.AddChatTelemetry();
        builder.Services.AddInstances();
        builder.Services.AddRooms();
        builder.Services.AddSecurity(builder.Configuration);
        builder.Services.AddChatConnections();
        builder.Services.AddDirectTransport(builder.Configuration);
        builder.Services.AddDraining();
        builder.Services.AddApi();
        builder.Services.RemoveAll<IRoomPresence>();
        builder.Services.AddSingleton<IRoomPresence>(presence ?? new MemoryPresence(hub));

        // Last, since an endpoint takes the defaults that are there when it is made.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });

        var app = builder.Build();
        app.UseSecurity();
        app.MapHealthChecks("/health");
        app.MapChatConnections();
        app.MapApi();
        var server = new TestChatServer(app, hub);
        if (mode is { } first)
        {
            await server.SwitchAsync(first, version: 0);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async Task SwitchAsync(BackplaneMode mode, long version)
    {
        var user = Services.GetRequiredService<IBackplaneUser>();
        var former = user.Current;
        await user.SwitchAsync(new MemoryBackplane(Hub, mode, version), TestContext.Current.CancellationToken);
        await former.DisposeAsync();
    }

    /// <summary>Opens a connection and takes its welcome.</summary>
    public async Task<TestClient> ConnectAsync()
    {
        var client = await OpenAsync();
        await client.NextAsync("welcome");
        return client;
    }

    public Task<TestClient> OpenAsync(string? origin = null, string? subProtocol = "aspirechat.v1") => TestClient.OpenAsync(Address, origin, subProtocol);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
