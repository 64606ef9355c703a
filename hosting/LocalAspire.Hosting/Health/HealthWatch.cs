using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Health;

/// <summary>Follows the health of running resources: often while they are not healthy, since somebody waits for them then.</summary>
internal sealed class HealthWatch(IServiceProvider services, ResourceNotificationService notifications, TimeProvider time)
{
    private static readonly TimeSpan AtFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPhase = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Goes on until it is cancelled, and then ends quietly.</summary>
    public async Task WatchAsync(IResource resource, CancellationToken cancellationToken)
    {
        var checks = resource.Annotations.OfType<HealthCheckAnnotation>().ToList();
        if (checks.Count == 0)
            return;

        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                var reports = await Task.WhenAll(checks.Select(check => RunAsync(check, cancellationToken)));
                cancellationToken.ThrowIfCancellationRequested();
                await PublishAsync(resource, [.. reports]);

                var healthy = reports.All(report => report.Status == HealthStatus.Healthy);
                var pause = healthy ? WhileHealthy : time.GetElapsedTime(started) < FirstPhase ? AtFirst : WhileUnhealthy;
                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<HealthReportSnapshot> RunAsync(HealthCheckAnnotation check, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerWithin);
        try
        {
            var result = await check.Check(services, limit.Token);
            return Report(result.Status, result.Description, result.Exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Report(HealthStatus.Unhealthy, $"There was no answer within {AnswerWithin.TotalSeconds:0} s.", null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Report(HealthStatus.Unhealthy, e.Message, e);
        }

        HealthReportSnapshot Report(HealthStatus status, string? description, Exception? exception) =>
            new(check.Key, status, description, exception?.ToString()) { LastRunAt = time.GetUtcNow().UtcDateTime };
    }

    /// <summary>Only what is new: a dashboard need not hear each second that all is well.</summary>
    private Task PublishAsync(IResource resource, ImmutableArray<HealthReportSnapshot> reports)
    {
        var known = notifications.TryGetCurrentState(resource.Name, out var state) ? state.Snapshot.HealthReports : [];
        return known.Length == reports.Length && known.Zip(reports).All(pair => pair.First.Status == pair.Second.Status && pair.First.Description == pair.Second.Description)
            ? Task.CompletedTask
            : notifications.PublishUpdateAsync(resource, snapshot => snapshot with { HealthReports = reports });
    }
}
