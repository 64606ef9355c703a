using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>Several instances that share a Redis and a prefix of their own in it.</summary>
internal sealed class InstanceGroup(string? connectionString) : IAsyncDisposable
{
    private static int _groups;

    private readonly List<BackplaneInstance> _instances = [];

    public string Prefix { get; } = $"test-{Environment.ProcessId}-{Interlocked.Increment(ref _groups)}:";

    public string Room { get; } = "room";

    public RedisKeys Keys => new(Prefix);

    public BackplaneInstance this[int index] => _instances[index];

    public async Task<BackplaneInstance> AddAsync(InstanceSettings settings)
    {
        var instance = await BackplaneInstance.StartAsync(connectionString, Prefix, settings);
        _instances.Add(instance);
        return instance;
    }

    public async Task<RecordingSink[]> JoinAllAsync(string room)
    {
        var sinks = new List<RecordingSink>();
        foreach (var instance in _instances)
            sinks.Add(await instance.JoinAsync(room));
        return [.. sinks];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
    }
}
