using AspireChat.ChatServer;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireChat.Benchmarks;

/// <summary>A chat server in this process, whose connections are no sockets: all of it between the backplane and the write.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PublicationFactory _publications;
    private long _sent;

    private BenchmarkServer(WebApplication app)
    {
        _app = app;
        _publications = app.Services.GetRequiredService<PublicationFactory>();
    }

    private IBackplane Backplane => _app.Services.GetRequiredService<ActiveBackplane>().Current;

    /// <param name="redis">A connection string: mode stream; null: mode local, alone.</param>
    public static async Task<BenchmarkServer> StartAsync(string? redis)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Chat:Instance"] = "chat-1";
        builder.Configuration["Chat:Prefix"] = $"benchmark-{Guid.NewGuid():n}:";
        builder.Configuration["Chat:Drain:Seconds"] = "0";
        builder.Configuration["ConnectionStrings:redis"] = redis;
        builder.AddChatServer();
        var app = builder.Build();
        await app.StartAsync();
        return new BenchmarkServer(app);
    }

    /// <summary>Puts members into the room, whose bytes are counted from then on.</summary>
    public async Task JoinAsync(int members, ByteCount count)
    {
        var (connections, joiner) = (_app.Services.GetRequiredService<ConnectionDirectory>(), _app.Services.GetRequiredService<RoomJoiner>());
        for (var member = 0; member < members; member++)
        {
            var connection = connections.Create(new CountingTransport(count), identity: null, default);
            await joiner.JoinAsync(connection, new JoinRequest(SampleMessage.Room, SampleMessage.Name, Since: null, History: 0, WantsPresence: false));
        }
    }

    /// <summary>Publishes one more message, as if a client had sent it.</summary>
    public async Task PublishAsync()
    {
        var publication = _publications.Create(SampleMessage.Room, SampleMessage.Name, SampleMessage.Id(1_000_000_000 + Interlocked.Increment(ref _sent)), SampleMessage.Text);
        if ((await Backplane.PublishAsync(publication, CancellationToken.None)).Status != PublishStatus.Published)
            throw new InvalidOperationException("A message was not published: is Redis there?");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
