using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalAspire.Building;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the present state of every resource, and tells each change to whoever watches. Safe for use by many threads.</summary>
public class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];

    internal ResourceNotificationService(IServiceProvider services, TimeProvider time)
    {
        _services = services;
        _time = time;
    }

    internal IReadOnlyList<string> ResourceNames
    {
        get
        {
            lock (_lock)
                return [.. _current.Keys];
        }
    }

    /// <summary>First the present state of each resource, then each change, in order and without gaps.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            foreach (var state in _current.Values)
                channel.Writer.TryWrite(state);
            _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    /// <param name="targetState">Null for <see cref="KnownResourceStates.Running"/>.</param>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, change => change.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        if (!ResourceNames.Contains(resourceName, StringComparer.OrdinalIgnoreCase))
            throw ModelErrors.UnknownResource(resourceName, ResourceNames);

        await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ModelName.Same(change.Resource.Name, resourceName) && predicate(change))
                return change;
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <exception cref="DistributedApplicationException">It ended instead.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var change = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot.HealthStatus == HealthStatus.Healthy || KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text),
            cancellationToken).ConfigureAwait(false);

        return change.Snapshot.HealthStatus == HealthStatus.Healthy ? change : throw ModelErrors.EndedInsteadOfHealthy(change);
    }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var before = _current.GetValueOrDefault(resource.Name)
                ?? new ResourceEvent(resource, resource.Name, new CustomResourceSnapshot { ResourceType = resource.GetType().Name, Properties = [] });
            Set(resource, before.ResourceId, stateFactory(before.Snapshot));
        }

        return Task.CompletedTask;
    }

    /// <param name="resourceId">A resource's id or name.</param>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            resourceEvent = _current.GetValueOrDefault(resourceId)
                ?? _current.Values.FirstOrDefault(state => ModelName.Same(state.ResourceId, resourceId));
        }

        return resourceEvent is not null;
    }

    internal void Register(IResource resource, string resourceId, CustomResourceSnapshot initial)
    {
        lock (_lock)
            Set(resource, resourceId, initial with { CreationTimeStamp = _time.GetUtcNow().UtcDateTime });
    }

    /// <summary>Within the lock, so that every watcher sees the same order, and no command state lags behind.</summary>
    private void Set(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = _services };
        var change = new ResourceEvent(resource, resourceId, snapshot with
        {
            Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Describe(context))],
        });
        _current[resource.Name] = change;
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(change);
    }
}
