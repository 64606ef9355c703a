using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How to find out whether a running resource does its work.</summary>
internal sealed class HealthCheckAnnotation(string key, Func<IServiceProvider, CancellationToken, Task<HealthCheckResult>> check) : IResourceAnnotation
{
    public string Key { get; } = key;

    public Func<IServiceProvider, CancellationToken, Task<HealthCheckResult>> Check { get; } = check;
}
