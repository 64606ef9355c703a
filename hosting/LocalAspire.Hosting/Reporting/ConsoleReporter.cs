using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Reporting;

/// <summary>Tells the person at the console what becomes of the app: each resource as it gets ready or fails, and at last where to go.</summary>
internal sealed class ConsoleReporter(
    IResourceCollection resources,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ConsoleOutput console,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Readiness _readiness = new(resources);
    private readonly long _started = time.GetTimestamp();
    private volatile bool _ready;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        console.Line($"{environment.ApplicationName} runs on LocalAspire, a stand-in for Aspire's app host: plain processes, no containers.");
        console.Line($"The genuine one: dotnet run --project {environment.ApplicationName} -p:UseAspire=true");
        console.Line();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (console.Mode == ConsoleMode.None)
            return;

        // What ends because the app is stopping is no news.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await Task.WhenAll(FollowStatesAsync(ending.Token), FollowLogsAsync(ending.Token), RemindAsync(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
    }

    private Task FollowLogsAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(resources
            .Where(resource => resource.Annotations.OfType<LaunchAnnotation>().Any())
            .Select(resource => new LogEcho(resource, console).RunAsync(loggers.Log(resource.Name), cancellationToken)));

    private async Task FollowStatesAsync(CancellationToken cancellationToken)
    {
        var news = new StateNews(console, loggers, time);
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            news.Tell(change);
            _readiness.Take(change);
            if (!_ready && _readiness.IsComplete)
            {
                _ready = true;
                TellReady();
            }
        }
    }

    private void TellReady()
    {
        console.Line();
        console.Line(string.Create(CultureInfo.InvariantCulture, $"Ready after {time.GetElapsedTime(_started).TotalSeconds:0.0} s. Ctrl+C stops it."));
        console.Line();
        foreach (var resource in resources)
        {
            if (!notifications.TryGetCurrentState(resource.Name, out var state))
                continue;

            foreach (var url in state.Snapshot.Urls.Where(url => !url.IsInternal))
                console.Line(resource, url.DisplayProperties.DisplayName is { Length: > 0 } name ? $"{name}  {url.Url}" : url.Url, ConsoleMode.Quiet);
        }
    }

    /// <summary>Whoever waits wants to know what for.</summary>
    private async Task RemindAsync(CancellationToken cancellationToken)
    {
        while (!_ready)
        {
            await Task.Delay(Patience, time, cancellationToken);
            if (_ready)
                return;

            console.Line(string.Create(CultureInfo.InvariantCulture, $"Not ready after {time.GetElapsedTime(_started).TotalSeconds:0} s:"));
            foreach (var (resource, reason) in _readiness.Missing())
                console.Line(resource, reason, ConsoleMode.Quiet);
        }
    }
}
