using LocalAspire.Dashboard.Telemetry;

namespace LocalAspire.Dashboard.Resources;

/// <summary>The resources of the app as last heard. Safe for use from any thread.</summary>
public sealed class AppResources(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AppResource> _byName = [];
    private AppResource[] _all = [];
    private volatile string? _applicationName;
    private volatile AppConnection _connection;

    /// <summary>Raised after any change.</summary>
    public ChangeSignal Changes { get; } = new(time);

    /// <summary>All that are not hidden, in the host's order.</summary>
    public IReadOnlyList<AppResource> All => Volatile.Read(ref _all);

    /// <summary>Null until the host has told.</summary>
    public string? ApplicationName => _applicationName;

    public AppConnection Connection => _connection;

    /// <summary>By name, or by display name where only one has it.</summary>
    public AppResource? Find(string? name) =>
        All.FirstOrDefault(resource => resource.Name == name) ?? All.FirstOrDefault(resource => resource.DisplayName == name);

    public void SetConnection(AppConnection connection)
    {
        _connection = connection;
        Changes.Raise();
    }

    public void SetApplicationName(string name)
    {
        _applicationName = name;
        Changes.Raise();
    }

    /// <summary>Forgets what was known and starts with these.</summary>
    public void Replace(IEnumerable<AppResource> resources) => Change(() =>
    {
        _byName.Clear();
        foreach (var resource in resources) _byName[resource.Name] = resource;
    });

    public void Update(IEnumerable<AppResource> upserts, IEnumerable<string> deletions) => Change(() =>
    {
        foreach (var resource in upserts) _byName[resource.Name] = resource;
        foreach (var name in deletions) _byName.Remove(name);
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _all = [.. _byName.Values.Where(resource => !resource.IsHidden)];
        }

        Changes.Raise();
    }
}
