using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using LocalAspire.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Hosting;

/// <summary>A small app of shell scripts, run by the stand-in.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private HostedApp(DistributedApplication app) => App = app;

    public DistributedApplication App { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HostedApp> BuildAsync(Action<IDistributedApplicationBuilder> configure, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The resources of this test are shell scripts.");

        await using var builder = DistributedApplicationTestingBuilder.Create(args);
        configure(builder);
        return new HostedApp(await builder.BuildAsync(Cancellation));
    }

    public static async Task<HostedApp> StartAsync(Action<IDistributedApplicationBuilder> configure, params string[] args)
    {
        var app = await BuildAsync(configure, args);
        await app.App.StartAsync(Cancellation);
        return app;
    }

    public Task<ResourceEvent> UntilAsync(string resource, string state) =>
        UntilAsync(resource, change => change.Snapshot.State?.Text == state);

    public Task<ResourceEvent> UntilAsync(string resource, Func<ResourceEvent, bool> condition) =>
        App.ResourceNotifications.WaitForResourceAsync(resource, condition, Cancellation).WaitAsync(Patience, Cancellation);

    public string? StateOf(string resource) =>
        App.ResourceNotifications.TryGetCurrentState(resource, out var change) ? change.Snapshot.State?.Text : null;

    public Task<ExecuteCommandResult> RunAsync(string resource, string command) =>
        App.ResourceCommands.ExecuteCommandAsync(resource, command, Cancellation).WaitAsync(Patience, Cancellation);

    /// <summary>What the resource has printed, and the host has said about it, without the times.</summary>
    public IReadOnlyList<string> LogOf(string resource) =>
        [.. App.Services.GetRequiredService<ResourceLoggerService>().Log(resource).Tail(int.MaxValue).Select(ResourceLog.TextOf)];

    public Task UntilPrintedAsync(string resource, string line) =>
        Eventually.Is($"'{resource}' has printed '{line}'", () => LogOf(resource).Contains(line), Patience);

    public async Task<int> ProcessIdAsync(string resource)
    {
        var running = await UntilAsync(resource, KnownResourceStates.Running);
        return int.Parse((string)running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

internal static class ShellResources
{
    /// <summary>A process that goes on until it is stopped.</summary>
    public const string Forever = "sleep 1000 & wait";

    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script = Forever) =>
        builder.AddExecutable(name, "sh", Path.GetTempPath(), "-c", script);
}
