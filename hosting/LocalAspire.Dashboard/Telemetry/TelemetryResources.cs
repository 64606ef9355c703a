namespace LocalAspire.Dashboard.Telemetry;

/// <summary>All that have sent telemetry since the start. Safe for use from any thread.</summary>
public sealed class TelemetryResources(TelemetryLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string InstanceId), TelemetryResource> _byKey = [];
    private TelemetryResource[] _all = [];

    /// <summary>In order of appearance.</summary>
    public IReadOnlyList<TelemetryResource> All => Volatile.Read(ref _all);

    /// <summary>The resource of that name and instance id, new where it was not known. Null where there are too many already.</summary>
    public TelemetryResource? GetOrAdd(string name, string instanceId, Func<AttributeSet> attributes)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue((name, instanceId), out var known)) return known;
            if (_byKey.Count >= limits.MaxResourceCount) return null;

            // What a sender says of itself is kept for good: one that says more than its share is known by its name alone.
            var said = attributes();
            if (said.Weight > limits.MaxBytes / limits.MaxResourceCount) said = AttributeSet.Empty;
            var added = new TelemetryResource(name, instanceId, _byKey.Count, said);
            _byKey.Add((name, instanceId), added);
            _all = [.. _all, added];
            return added;
        }
    }

    /// <summary>The name alone while it is unique, else with the start of the instance id.</summary>
    public string DisplayName(TelemetryResource resource) =>
        resource.InstanceId.Length > 0 && All.Any(other => other != resource && other.Name == resource.Name)
            ? $"{resource.Name} ({resource.InstanceId[..Math.Min(8, resource.InstanceId.Length)]})"
            : resource.Name;

    /// <summary>Those that a person means by <paramref name="name"/>: a display name, a service name, or name and instance id joined by a dash.</summary>
    public IReadOnlyList<TelemetryResource> Named(string name) =>
        [.. All.Where(resource => Same(DisplayName(resource), name) || Same(resource.Name, name) || Same($"{resource.Name}-{resource.InstanceId}", name))];

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
