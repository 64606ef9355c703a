using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using AspireChat.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Tests.Gateway;

/// <summary>The gateway as <c>Program</c> composes it, on a port of its own in this process.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ReloadableSettings _settings;

    private GatewayUnderTest(WebApplication app, ReloadableSettings settings)
    {
        (_app, _settings) = (app, settings);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public HttpClient Http { get; }

    public Uri Address => new(_app.Urls.Single());

    public ClusterState Cluster =>
        _app.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("chat", out var cluster)
            ? cluster
            : throw new InvalidOperationException("The gateway has no cluster 'chat'.");

    public static Task<GatewayUnderTest> StartAsync(params StandInInstance[] instances) => StartAsync(instances, []);

    public static Task<GatewayUnderTest> StartAsync(StandInInstance[] instances, params (string Key, string? Value)[] settings) =>
        StartAsync([.. instances.Select(instance => ($"services:{instance.Name}:http:0", (string?)instance.Address)), .. settings]);

    public static async Task<GatewayUnderTest> StartAsync((string Key, string? Value)[] settings, string? environment = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // So many hosts in one process would use up the system's file watchers.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            ApplicationName = "AspireChat.Gateway",
            ContentRootPath = SolutionDirectory.Combine("AspireChat.Gateway"),
            EnvironmentName = environment ?? Environments.Production,
        });
        var reloadable = new ReloadableSettings(settings);
        builder.Configuration.Sources.Add(reloadable);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();

        builder.AddServiceDefaults();
        builder.AddGateway();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.UseGateway();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GatewayUnderTest(app, reloadable);
    }

    /// <summary>Opens a connection and returns it with the name of the instance that serves it.</summary>
    public Task<(ClientWebSocket Socket, string Instance)> ConnectAsync(Action<ClientWebSocketOptions>? configure = null) =>
        ConnectUnlessAsync(configure, CancellationToken.None);

    /// <summary>Opens a connection as a client that may give up before it is open.</summary>
    public async Task<(ClientWebSocket Socket, string Instance)> ConnectUnlessAsync(Action<ClientWebSocketOptions>? configure, CancellationToken givenUp)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, givenUp);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var socket = new ClientWebSocket();
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/ws" }.Uri, limit.Token);
        return (socket, await ReceiveAsync(socket));
    }

    /// <summary>What a gauge of the gateway stands at.</summary>
    public long Gauge(string name)
    {
        long? stand = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == name && instrument.Meter.Scope == _app.Services.GetRequiredService<IMeterFactory>())
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => stand = measurement);
        listener.Start();
        listener.RecordObservableInstruments();
        return stand ?? throw new InvalidOperationException($"The gateway has no gauge '{name}'.");
    }

    public async Task<string> WhoServesAsync()
    {
        var (socket, instance) = await ConnectAsync();
        socket.Dispose();
        return instance;
    }

    public static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return received.MessageType is WebSocketMessageType.Close ? $"closed {socket.CloseStatus}" : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    public static async Task<string> EchoAsync(WebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        return await ReceiveAsync(socket);
    }

    /// <summary>As an edit of a configuration file.</summary>
    public void Change(params (string Key, string? Value)[] settings) => _settings.Replace(settings);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
