using System.Collections.Concurrent;
using Grpc.Core;
using LocalAspire.Protos.ResourceService.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Dashboard;

/// <summary>An app host that serves the resource contract and nothing else: its resources are what a test says.</summary>
internal sealed class FakeAppHost : DashboardService.DashboardServiceBase, IAsyncDisposable
{
    public const string Key = "the-resource-service-key";

    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _changed = [];
    private readonly Dictionary<string, Resource> _resources = [];
    private readonly ConcurrentQueue<WatchResourcesChange> _log = [];
    private WebApplication? _app;
    private int _port;

    public ConcurrentQueue<ResourceCommandRequest> Commands { get; } = [];

    /// <summary>Answers commands; success where nothing else is set.</summary>
    public Func<ResourceCommandRequest, ResourceCommandResponse> OnCommand { get; set; } = _ => new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Succeeded };

    public ConcurrentDictionary<string, List<ConsoleLogLine>> ConsoleLines { get; } = [];

    public string Address => $"http://127.0.0.1:{_port}";

    public static async Task<FakeAppHost> StartAsync(params IEnumerable<Resource> resources)
    {
        var host = new FakeAppHost();
        foreach (var resource in resources) host._resources[resource.Name] = resource;
        await host.OpenAsync(0);
        return host;
    }

    /// <summary>Away, as a host that was stopped.</summary>
    public async Task CloseAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Back at the same address.</summary>
    public Task ReopenAsync() => OpenAsync(_port);

    public void Upsert(Resource resource) => Change(new WatchResourcesChange { Upsert = resource }, () => _resources[resource.Name] = resource);

    public void Delete(string name) => Change(new WatchResourcesChange { Delete = new ResourceDeletion { ResourceName = name } }, () => _resources.Remove(name));

    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context)
    {
        Check(context);
        return Task.FromResult(new ApplicationInformationResponse { ApplicationName = "AspireChat" });
    }

    public override async Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        Check(context);
        var initial = new InitialResourceData();
        int sent;
        lock (_lock)
        {
            initial.Resources.AddRange(_resources.Values);
            sent = _log.Count;
        }

        await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = initial }, context.CancellationToken);
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var news = new WatchResourcesChanges();
            lock (_lock)
            {
                news.Value.AddRange(_log.Skip(sent));
                sent = _log.Count;
                if (news.Value.Count == 0) _changed.Add(changed);
            }

            if (news.Value.Count > 0) await responseStream.WriteAsync(new WatchResourcesUpdate { Changes = news }, context.CancellationToken);
            else await changed.Task.WaitAsync(context.CancellationToken);
        }
    }

    public override async Task WatchResourceConsoleLogs(WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context)
    {
        Check(context);
        var sent = 0;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var update = new WatchResourceConsoleLogsUpdate();
            var lines = ConsoleLines.GetOrAdd(request.ResourceName, _ => []);
            lock (lines)
            {
                update.LogLines.AddRange(lines.Skip(sent));
                sent = lines.Count;
            }

            if (update.LogLines.Count > 0) await responseStream.WriteAsync(update, context.CancellationToken);
            if (request.SuppressFollow) return;
            await Task.Delay(20, context.CancellationToken);
        }
    }

    public void Write(string resource, string text, bool isError = false)
    {
        var lines = ConsoleLines.GetOrAdd(resource, _ => []);
        lock (lines) lines.Add(new ConsoleLogLine { LineNumber = lines.Count + 1, Text = text, IsStdErr = isError });
    }

    public override Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        Check(context);
        Commands.Enqueue(request);
        return Task.FromResult(OnCommand(request));
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private static void Check(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("x-resource-service-api-key") != Key) throw new RpcException(new Grpc.Core.Status(StatusCode.Unauthenticated, "The key is missing or wrong."));
    }

    private void Change(WatchResourcesChange change, Action apply)
    {
        lock (_lock)
        {
            apply();
            _log.Enqueue(change);
            foreach (var waiting in _changed) waiting.TrySetResult();
            _changed.Clear();
        }
    }

    private async Task OpenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhostOrAny(port));
        _app = builder.Build();
        _app.MapGrpcService<FakeAppHost>();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }
}

/// <summary>Opens the fake host's port.</summary>
file static class KestrelExtensions
{
    public static void ListenLocalhostOrAny(this KestrelServerOptions kestrel, int port) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
}
