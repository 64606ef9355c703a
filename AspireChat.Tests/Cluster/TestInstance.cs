using AspireChat.ChatServer;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Switching;
using AspireChat.ChatServer.Faults;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Cluster;

/// <summary>
/// One instance without its front: leases, presence, mode and admin endpoints are the real ones, over a real Redis; rooms and connections are stood in for.
/// Durations are a tenth of the real ones or so.
/// </summary>
internal sealed class TestInstance : IAsyncDisposable, IInstanceLoad
{
    public const string AdminKey = "the-admin-key-of-the-tests";

    /// <summary>The setting that names the environment.</summary>
    public const string Environment = "environment";

    private WebApplication? _app;

    private TestInstance(string name, SignalHub hub)
    {
        Name = name;
        User = new HubUser(hub);
    }

    public string Name { get; }

    public HubUser User { get; }

    public UserConnections UserConnections { get; } = new();

    public int Connections { get; set; }

    public bool Draining { get; set; }

    public IServiceProvider Services => _app!.Services;

    public IRoomPresence Presence => Services.GetRequiredService<IRoomPresence>();

    public IInstanceDirectory Directory => Services.GetRequiredService<IInstanceDirectory>();

    public Incarnation Incarnation { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public static async Task<TestInstance> StartAsync(
        string name,
        SignalHub hub,
        IReadOnlyList<(string Key, string? Value)> settings,
        Action<WebApplicationBuilder>? configure,
        Action<WebApplication>? map)
    {
        var instance = new TestInstance(name, hub);
        await instance.StartAsync(settings.ToDictionary(setting => setting.Key, setting => setting.Value), configure, map);
        return instance;
    }

    public Task<string[]> MembersAsync(string room) => MembersAsync(room, this);

    /// <summary>Ends it as kill -9 would: what it has in Redis stays there.</summary>
    public async Task CrashAsync()
    {
        await Services.GetRequiredService<RedisConnections>().DisposeAsync();
        await DisposeAsync();
    }

    /// <summary>Ends it in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Http.Dispose();
    }

    private static async Task<string[]> MembersAsync(string room, TestInstance instance)
    {
        var members = await instance.Presence.ReadAsync(room, TestContext.Current.CancellationToken);
        return [.. members.Members.Select(member => $"{member.Name} {member.Connections}")];
    }

    private async Task StartAsync(
        Dictionary<string, string?> settings,
        Action<WebApplicationBuilder>? configure,
        Action<WebApplication>? map)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = settings.GetValueOrDefault(Environment) });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Chat:Instance"] = Name,
            ["Chat:Backplane"] = "pubsub",
            ["Chat:AdminKey"] = AdminKey,
            ["Chat:Instances:Beat"] = "00:00:00.1",
            ["Chat:Instances:Lease"] = "00:00:02",
            ["Chat:Instances:Patience"] = "00:00:00.2",
            ["Chat:Instances:Claim"] = "00:00:01",
            ["Chat:Instances:Succession"] = "00:00:00.5",
            ["Chat:Presence:Grace"] = "00:00:00.5",
            ["Chat:Presence:Reconcile"] = "00:00:00.3",
            ["Chat:Switching:Look"] = "00:00:00.3",
        });
        builder.Configuration.AddInMemoryCollection(settings);

        builder.Services.AddChatOptions();
        builder.AddBackplane();
        builder.Services.AddSingleton<IInstanceLoad>(this);
        builder.Services.AddSingleton<IBackplaneUser>(User);
        builder.Services.AddSingleton<IBackplaneFactory>(User);
        builder.Services.AddSingleton<IUserConnections>(UserConnections);
        builder.Services.AddInstances().AddSwitching().AddPresence().AddSecurity(builder.Configuration).AddFaults();
        configure?.Invoke(builder);

        _app = builder.Build();
        _app.UseSecurity();
        _app.MapBackplaneSwitch();
        _app.MapSecurity();
        _app.MapFaults();
        map?.Invoke(_app);
        await _app.StartAsync();

        Incarnation = Services.GetRequiredService<Incarnation>();
        Http.BaseAddress = new Uri(_app.Urls.Single());
        Http.DefaultRequestHeaders.Add("X-Admin-Key", AdminKey);
    }
}
