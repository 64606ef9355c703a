using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AspireChat.Tests.Hosting;

public sealed class StartOrderTests
{
    [Fact]
    public async Task A_resource_starts_when_what_it_waits_for_is_healthy()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            var chat = builder.AddShell("chat").WithHttpEndpoint().WithHttpHealthCheck("/ready", statusCode: 204);
            builder.AddShell("gateway").WaitFor(chat);
        });
        await app.UntilAsync("gateway", KnownResourceStates.Waiting);
        await app.UntilAsync("chat", KnownResourceStates.Running);

        await using var server = await HealthServer.StartAsync(app.App.GetEndpoint("chat"), "/ready");
        server.Status = 503;
        var refused = await app.UntilAsync("chat", change => change.Snapshot.HealthReports.Any(report => report.Description?.Contains("503", StringComparison.Ordinal) == true));
        Assert.Equal(HealthStatus.Unhealthy, refused.Snapshot.HealthStatus);
        Assert.Equal($"GET {app.App.GetEndpoint("chat")}ready was answered with 503 instead of 204.", refused.Snapshot.HealthReports.Single().Description);
        Assert.Equal(KnownResourceStates.Waiting, app.StateOf("gateway"));

        server.Status = 204;
        await app.UntilAsync("gateway", KnownResourceStates.Running);
        Assert.Equal(["Waiting for 'chat'."], app.LogOf("gateway").Take(1));
    }

    [Fact]
    public async Task A_resource_that_loses_its_health_and_finds_it_again_is_seen_to()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithHttpEndpoint().WithHttpHealthCheck("/health"));
        await app.UntilAsync("chat", KnownResourceStates.Running);
        await using var server = await HealthServer.StartAsync(app.App.GetEndpoint("chat"), "/health");

        await app.UntilAsync("chat", change => change.Snapshot.HealthStatus == HealthStatus.Healthy);
        server.Status = 500;
        await app.UntilAsync("chat", change => change.Snapshot.HealthStatus == HealthStatus.Unhealthy);
        server.Status = 200;
        await app.UntilAsync("chat", change => change.Snapshot.HealthStatus == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_resource_without_health_checks_is_healthy_when_it_runs()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithExplicitStart());
        Assert.Null((await app.UntilAsync("chat", KnownResourceStates.NotStarted)).Snapshot.HealthStatus);

        await app.RunAsync("chat", "start");

        Assert.Equal(HealthStatus.Healthy, (await app.UntilAsync("chat", KnownResourceStates.Running)).Snapshot.HealthStatus);
    }

    [Fact]
    public async Task A_resource_can_wait_for_the_end_of_another()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            var migration = builder.AddShell("migration", "exit 0").WithExplicitStart();
            builder.AddShell("chat").WaitForCompletion(migration);
        });
        await app.UntilAsync("chat", KnownResourceStates.Waiting);

        await app.RunAsync("migration", "start");

        await app.UntilAsync("chat", KnownResourceStates.Running);
    }

    [Fact]
    public async Task A_resource_does_not_start_when_what_it_waits_for_ended_badly()
    {
        await using var app = await HostedApp.StartAsync(builder =>
            builder.AddShell("chat").WaitForCompletion(builder.AddShell("migration", "exit 7")));

        await app.UntilAsync("chat", KnownResourceStates.FailedToStart);

        Assert.Contains("The resource 'chat' cannot start: it waits for 'migration' to end with exit code 0, and it ended with 7. See the log of 'migration'.", app.LogOf("chat"));
    }

    [Fact]
    public async Task A_wait_goes_on_when_the_other_fails_and_ends_when_it_is_restarted()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            var file = Path.Combine(Path.GetTempPath(), $"second-time-{Guid.NewGuid():N}");
            var redis = builder.AddShell("redis", $"test -e {file} && {{ rm {file}; {ShellResources.Forever}; }}; touch {file}; exit 1");
            builder.AddShell("chat").WaitFor(redis);
        });
        // It ran for a moment, which was enough for who waits only for that; so it may or may not wait still.
        await app.UntilAsync("redis", KnownResourceStates.Exited);

        Assert.True((await app.RunAsync("redis", "start")).Success);

        await app.UntilAsync("chat", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Whoever_waits_for_health_hears_of_an_end_instead()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat", "exit 3").WithHttpEndpoint().WithHttpHealthCheck());

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            app.App.ResourceNotifications.WaitForResourceHealthyAsync("chat", TestContext.Current.CancellationToken));

        Assert.Equal("The resource 'chat' did not become healthy: it is Exited with exit code 3. Its log says why.", error.Message);
    }
}
