using System.Collections.Concurrent;
using LocalAspire.Reporting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The logs of all resources: what their processes print, and what the host has to say about them.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;

    internal ResourceLoggerService(TimeProvider time) => _time = time;

    /// <summary>Writes into the resource's log.</summary>
    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    /// <inheritdoc cref="GetLogger(IResource)"/>
    public ILogger GetLogger(string resourceName) => Log(resourceName);

    /// <summary>The lines that are kept (the last 10,000), then each new one. Whoever reads too slowly misses the oldest.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <inheritdoc cref="WatchAsync(IResource)"/>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Log(resourceName).WatchAsync();

    internal ResourceLog Log(string resourceName) => _logs.GetOrAdd(resourceName, _ => new ResourceLog(_time));
}
