using System.Text.Json;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>
/// The whole app as plain processes on loopback, to be broken: three instances and one to be added, a gateway before them, and a Redis that keeps all that it
/// has answered, with a link to it that can be cut. It ends all that it has started.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const int Always = 3;

    private static readonly string[] Names = ["chat-1", "chat-2", "chat-3", "chat-4"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faults-");

    private Deployment(RedisProcess redis, INetwork network, DeploymentOptions options)
    {
        Redis = redis;
        Network = network;
        Instances = [.. Names.Select(name => New(name, "AspireChat.ChatServer", SettingsOf(name, options)))];
        Gateway = New("gateway", "AspireChat.Gateway", Instances.ToDictionary(instance => $"services__{instance.Name}__http__0", instance => $"{instance.Address}"));
    }

    public RedisProcess Redis { get; private set; }

    /// <summary>Between the instances and Redis.</summary>
    public INetwork Network { get; }

    /// <summary>All, the one that is to be added last.</summary>
    public IReadOnlyList<Unit> Instances { get; }

    /// <summary>Those that always run.</summary>
    public IEnumerable<Unit> Regulars => Instances.Take(Always);

    /// <summary>The one that is to be added.</summary>
    public Unit Spare => Instances[^1];

    public Unit Gateway { get; }

    /// <summary>Where clients can connect now.</summary>
    public IEnumerable<Unit> Doors => Instances.Append(Gateway).Where(unit => unit.IsUp);

    /// <summary>What runs now.</summary>
    public IEnumerable<(string Name, int ProcessId)> Processes =>
        Instances.Append(Gateway).Select(unit => (unit.Name, unit.ProcessId)).Append(("redis", Redis.ProcessId))
            .Where(process => process.ProcessId is not null).Select(process => (process.Item1, process.ProcessId!.Value));

    /// <exception cref="CannotRunException">Something is not there, or does not start.</exception>
    public static async Task<Deployment> StartAsync(DeploymentOptions options, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new CannotRunException("Faults are made by signals to processes, and seen in /proc: run this on Linux.");
        if (RedisProgram.Path is null)
            throw new CannotRunException("Neither 'redis-server' nor 'valkey-server' is on the PATH. Install one: apt-get install redis-server. (Garnet cannot stand in: it may forget over a kill what it has acknowledged, and cannot fail over.)");

        var redis = await RedisProcess.StartDurableAsync();
        INetwork network;
        try
        {
            network = await NetworkAsync(redis.Port, options.Network);
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }

        var deployment = new Deployment(redis, network, options);
        try
        {
            await deployment.MendAsync(cancellationToken);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what does not run, heals what is cut, and returns once all say that they are ready.</summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        await Redis.EnsureRunningAsync();
        await Network.HealAsync(Redis.Port);
        await Task.WhenAll(Regulars.Append(Gateway).Select(unit => unit.StartAsync(cancellationToken)));
        foreach (var unit in Regulars.Append(Gateway))
            await unit.WaitUntilAsync(ready: true, cancellationToken);
    }

    /// <summary>From now on this server is the Redis of the instances; the one before is ended.</summary>
    public async Task FailOverAsync(RedisProcess other)
    {
        var before = Redis;
        await before.KillAsync();
        Redis = other;
        await Network.HealAsync(other.Port);
        await before.DisposeAsync();
    }

    /// <summary>The epoch of a room.</summary>
    public async Task<string?> EpochAsync(string room, CancellationToken cancellationToken)
    {
        using var page = JsonDocument.Parse(await Instances[0].GetAsync($"/api/rooms/{room}/messages?limit=1", cancellationToken));
        return page.RootElement.GetProperty("epoch").GetString();
    }

    /// <summary>How many connections an instance has.</summary>
    public static async Task<int> ConnectionsAsync(Unit instance, CancellationToken cancellationToken)
    {
        using var status = JsonDocument.Parse(await instance.GetAsync("/api/instance", cancellationToken));
        return status.RootElement.GetProperty("connections").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var unit in Instances.Append(Gateway))
            await unit.DisposeAsync();

        await Network.DisposeAsync();
        await Redis.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<INetwork> NetworkAsync(int redis, NetworkChoice choice)
    {
        try
        {
            return choice == NetworkChoice.Proxy ? new ProxyNetwork(redis) : await NetworkNamespaces.StartAsync(redis, Names);
        }
        catch (CannotRunException) when (choice == NetworkChoice.Auto)
        {
            return new ProxyNetwork(redis);
        }
    }

    private Unit New(string name, string project, Dictionary<string, string> settings)
    {
        // What every instance says of every client would fill a disk in an hour.
        settings["Logging__LogLevel__Default"] = "Error";
        settings["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Error";
        return new Unit(name, project, Path.Combine(_folder.FullName, $"{name}.log"), settings);
    }

    private Dictionary<string, string> SettingsOf(string instance, DeploymentOptions options) => new()
    {
        // Where faults are allowed.
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ConnectionStrings__redis"] = $"{Network.RedisFor(instance)}",
        ["Chat__Instance"] = instance,
        ["Chat__Backplane"] = options.Backplane,
        ["Chat__Instances__Lease"] = $"{options.Lease}",
        // Bursts are part of it.
        ["Chat__Limits__SendsPerSecond"] = "0",
        ["Chat__Limits__ConnectionsPerAddress"] = "0",
    };
}
