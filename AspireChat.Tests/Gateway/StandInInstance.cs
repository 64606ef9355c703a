using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Gateway;

/// <summary>
/// A web server that the gateway takes for a chat instance. It says who it is on every connection and request, then
/// echoes; it can be unready, draining, or never answer.
/// </summary>
internal sealed class StandInInstance : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<Socket> _upgraded = [];
    private int _upgrades;
    private int _probes;

    private StandInInstance(string name, WebApplication app) => (Name, _app) = (name, app);

    public string Name { get; }

    public string Address => _app.Urls.Single();

    public int Port => new Uri(Address).Port;

    /// <summary>Upgrades asked for, whatever came of them.</summary>
    public int Upgrades => Volatile.Read(ref _upgrades);

    public int Probes => Volatile.Read(ref _probes);

    public ConcurrentQueue<IHeaderDictionary> UpgradeHeaders { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<IHeaderDictionary> RequestHeaders { get; } = new();

    public bool Ready { get; set; } = true;

    public bool Draining { get; set; }

    public bool Silent { get; set; }

    public static async Task<StandInInstance> StartAsync(string name, int? port = null, string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}:{port ?? FreePort.Take()}");
        var app = builder.Build();
        var instance = new StandInInstance(name, app);
        app.UseWebSockets();
        app.Run(instance.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return instance;
    }

    /// <summary>As a process that is killed: connections drop, the port refuses.</summary>
    public async Task DieAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
    }

    /// <summary>As a host that lost its power: its connections answer nothing, and nobody is told.</summary>
    public void Vanish()
    {
        foreach (var socket in _upgraded) socket.Deafen();
    }

    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/health")
        {
            Interlocked.Increment(ref _probes);
            context.Response.StatusCode = Ready ? 200 : 503;
            return;
        }

        if (context.Request.Path == "/ws")
        {
            Interlocked.Increment(ref _upgrades);
            _upgraded.Add(context.Features.Get<IConnectionSocketFeature>()!.Socket);
            UpgradeHeaders.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        }

        if (Silent) await Task.Delay(Timeout.Infinite, context.RequestAborted);

        if (Draining)
        {
            context.Response.StatusCode = 503;
            context.Response.Headers["X-Draining"] = "1";
            await context.Response.WriteAsync("draining");
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault()), context.RequestAborted);
        }
        else
        {
            RequestHeaders.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
            using var body = new StreamReader(context.Request.Body);
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await body.ReadToEndAsync()}");
            await context.Response.WriteAsync(Name);
        }
    }

    private async Task EchoAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(Name), WebSocketMessageType.Text, true, cancellationToken);

        var buffer = new byte[1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, cancellationToken);
        }
    }
}
