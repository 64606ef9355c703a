using AspireChat.Tests.EndToEnd;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.Tests.AppHost;

/// <summary>A whole app with its dashboard, for tests that run the commands of its resources: started by the first, and made whole again before each.</summary>
[CollectionDefinition(nameof(CommandedApp))]
public sealed class CommandedApp : ICollectionFixture<CommandedApp>, IAsyncDisposable
{
    private readonly Lazy<Task<ChatApp>> _app = new(() => ChatApp.StartAsync("--environment=Development", "--LocalAspire:Dashboard=true"));

    internal async Task<ChatApp> GetAsync()
    {
        var app = await _app.Value;
        await app.EnsureRunningAsync("redis");
        foreach (var instance in app.Instances) await app.EnsureRunningAsync(instance);
        return app;
    }

    /// <summary>The address that logs a browser in to the dashboard.</summary>
    internal async Task<Uri> DashboardLoginAsync()
    {
        var app = (await _app.Value).App;
        var dashboard = await app.ResourceNotifications.WaitForResourceAsync(
            "dashboard", change => change.Snapshot.HealthStatus == HealthStatus.Healthy, TestContext.Current.CancellationToken);
        return new Uri(dashboard.Snapshot.Urls.Single().Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated) await (await _app.Value).DisposeAsync();
    }
}
