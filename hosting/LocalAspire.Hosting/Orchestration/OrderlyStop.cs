using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Orchestration;

/// <summary>
/// Stops all resources, those first that nobody waits for, and within a bound: what has not stopped by then is killed.
/// </summary>
internal sealed class OrderlyStop(IReadOnlyList<ResourceSupervisor> supervisors, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    // A gateway is told first, and then may wait for its upstreams to close the connections that it forwards: they must be
    // told while it still waits. What is reached by a connection string waits for nobody, but is needed by its clients to
    // the end.
    private static readonly TimeSpan PatienceWithForwarders = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PatienceWithClients = TimeSpan.FromSeconds(3);

    public async Task RunAsync()
    {
        var all = new List<Task>();
        var limit = Task.Delay(Limit, time);
        foreach (var level in Levels())
        {
            if (all.Count > 0)
                await Task.WhenAny(Task.WhenAll(all), Task.Delay(PatienceBefore(level), time), limit);
            all.AddRange(level.Select(supervisor => supervisor.BeginStop()));
        }

        if (await Task.WhenAny(Task.WhenAll(all), limit) == limit)
        {
            foreach (var supervisor in supervisors)
                supervisor.Kill();
            await Task.WhenAll(all);
        }
    }

    private static TimeSpan PatienceBefore(List<ResourceSupervisor> level) =>
        level.TrueForAll(supervisor => supervisor.Resource is IResourceWithConnectionString) ? PatienceWithClients : PatienceWithForwarders;

    /// <summary>Each resource stands one level below the lowest of those that wait for it. The waits have no circle: that was checked at start.</summary>
    private IEnumerable<List<ResourceSupervisor>> Levels()
    {
        var levels = new Dictionary<IResource, int>();
        return supervisors.GroupBy(supervisor => LevelOf(supervisor.Resource)).OrderBy(level => level.Key).Select(level => level.ToList());

        int LevelOf(IResource resource)
        {
            if (!levels.TryGetValue(resource, out var level))
            {
                level = supervisors
                    .Where(other => other.Resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == resource))
                    .Select(other => LevelOf(other.Resource) + 1)
                    .DefaultIfEmpty(0)
                    .Max();
                levels[resource] = level;
            }

            return level;
        }
    }
}
