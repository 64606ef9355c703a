using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Auditing;

/// <summary>
/// The smallest server that keeps the promises of mode stream, two instances over rooms in memory; and that breaks one where a test says so. The
/// auditor must pass the former and name the latter.
/// </summary>
internal sealed class ToyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ToyRoom> _rooms = [];
    private readonly HashSet<ToyConnection> _connections = [];

    private ToyServer(WebApplication app) => _app = app;

    public IReadOnlyList<Uri> Targets { get; private set; } = [];

    /// <summary>While true, sends and joins are answered with <c>unavailable</c>.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>How often a member gets the message at an offset: 1, unless a test wants the promise broken.</summary>
    public Func<string, long, int> Copies { get; set; } = (_, _) => 1;

    /// <summary>Whether the message at an offset is sent behind the one that follows it: none, unless a test wants the promise broken.</summary>
    public Func<long, bool> IsHeldBack { get; set; } = _ => false;

    /// <summary>How many connections it has.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
                return _connections.Count;
        }
    }

    /// <param name="certificate">Serves TLS with it.</param>
    public static async Task<ToyServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var server = new ToyServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Map("/{instance}/ws", server.AcceptAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        var address = server._app.Urls.Single();
        server.Targets = [new Uri($"{address}/toy-1/ws"), new Uri($"{address}/toy-2/ws")];
        return server;
    }

    /// <summary>Breaks every connection.</summary>
    public void Crash()
    {
        lock (_gate)
        {
            foreach (var connection in _connections)
                connection.Abort();
        }
    }

    /// <summary>Forgets all messages and goes on in new epochs; tells the members, unless a test wants the promise broken.</summary>
    public void LoseData(bool tell)
    {
        lock (_gate)
        {
            foreach (var room in _rooms.Values)
                room.Replace(tell);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Crash();
        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context, string instance)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("aspirechat.v1");
        var connection = new ToyConnection(socket, context, instance);
        lock (_gate)
            _connections.Add(connection);

        await connection.RunAsync(frame =>
        {
            lock (_gate)
                Take(connection, frame);
        });
        lock (_gate)
        {
            _connections.Remove(connection);
            foreach (var room in _rooms.Values)
                room.Members.Remove(connection);
        }
    }

    private void Take(ToyConnection connection, JsonElement frame)
    {
        if (frame.GetProperty("type").GetString() == "ping")
        {
            connection.Send(new { type = "pong" });
            return;
        }

        var name = frame.GetProperty("room").GetString()!;
        if (IsUnavailable)
        {
            var id = frame.TryGetProperty("id", out var value) ? value.GetString() : null;
            connection.Send(new { type = "error", code = "unavailable", message = "try again", room = name, id });
            return;
        }

        if (!_rooms.TryGetValue(name, out var room))
            _rooms.Add(name, room = new ToyRoom(name, this));

        if (frame.GetProperty("type").GetString() == "join")
            room.Join(connection, frame);
        else
            room.Publish(connection, frame);
    }
}
