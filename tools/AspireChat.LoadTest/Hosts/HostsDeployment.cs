using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.LoadTest.Hosts.Network;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Hosts;

/// <summary>The whole app on hosts of its own: two gateways, three chat servers, a Redis. It ends all that it has started.</summary>
internal sealed class HostsDeployment : IAsyncDisposable
{
    private const int RedisPort = 6379;

    private static readonly string[] GatewayNames = ["gateway-1", "gateway-2"];
    private static readonly string[] InstanceNames = ["chat-1", "chat-2", "chat-3"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hosts-");
    private ServerProcess? _redis;

    private HostsDeployment(HostNetwork network, string backplane)
    {
        Network = network;
        Instances = [.. InstanceNames.Select(name => New(name, "AspireChat.ChatServer", new()
        {
            ["ConnectionStrings__redis"] = $"{network["redis"].Address}:{RedisPort}",
            ["Chat__Instance"] = name,
            ["Chat__Backplane"] = backplane,
            ["Chat__Limits__SendsPerSecond"] = "0",
            ["Chat__Limits__ConnectionsPerAddress"] = "0",
        }))];
        Gateways = [.. GatewayNames.Select(name => New(name, "AspireChat.Gateway", Instances.ToDictionary(instance => $"services__{instance.Name}__http__0", instance => $"{instance.Address}")))];
    }

    public HostNetwork Network { get; }

    /// <summary>The host that all clients are on.</summary>
    public Host Users => Network["users"];

    public IReadOnlyList<Unit> Gateways { get; }

    public IReadOnlyList<Unit> Instances { get; }

    private IEnumerable<Unit> Units => Instances.Concat(Gateways);

    /// <exception cref="CannotRunException">Something is not there, or not allowed, or does not start.</exception>
    public static async Task<HostsDeployment> StartAsync(HostsOptions options, CancellationToken cancellationToken)
    {
        if (RedisProgram.Path is null)
            throw new CannotRunException("Neither 'redis-server' nor 'valkey-server' is on the PATH. Install one: apt-get install redis-server.");

        var deployment = new HostsDeployment(await HostNetwork.StartAsync([.. GatewayNames, .. InstanceNames, "redis", "users"], options.Links), options.Backplane);
        try
        {
            await deployment.StartAsync(cancellationToken);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var unit in Units)
            await unit.DisposeAsync();

        if (_redis is not null)
            await _redis.DisposeAsync();

        await Network.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var place = Network["redis"].PlaceFor(Users);
        string[] commandLine =
        [
            // Elsewhere than on loopback it takes only those who know a password, unless it is told that its network is its own.
            .. RedisProgram.CommandLine(RedisPort, _folder.FullName), "--bind", $"{place.Address}", "--protected-mode", "no",
        ];
        _redis = await ServerProcess.StartAsync(RedisPort, commandLine, new Dictionary<string, string>(), cancellationToken, Path.Combine(_folder.FullName, "redis.log"), place);
        await Task.WhenAll(Units.Select(unit => unit.StartAsync(cancellationToken)));
        foreach (var unit in Units)
            await unit.WaitUntilAsync(ready: true, cancellationToken);
    }

    private Unit New(string name, string project, Dictionary<string, string> settings)
    {
        settings["AllowedHosts"] = "*";
        settings["Logging__LogLevel__Default"] = "Error";
        settings["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Error";
        return new Unit(name, project, Path.Combine(_folder.FullName, $"{name}.log"), settings, Network[name].PlaceFor(Users));
    }
}
