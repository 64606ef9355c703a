using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>
/// A network namespace for each instance, with a wire from here to there, and the way to Redis at its far end. A cut takes the far end of the wire down: what
/// is sent is gone, nobody acknowledges it, and nobody is told, as when a cable is pulled behind a switch. It needs the rights of root.
/// </summary>
internal sealed class NetworkNamespaces : INetwork
{
    // A shell that holds a pipe from this process makes them, and takes them away at its end, however this process ends. Addresses of neighbours are fixed,
    // so that a cut is silent: nobody asks for them in vain. 198.18.0.0/15 is set aside for benchmarks, so no real network is there.
    private const string Keeper = """
        trap '' INT TERM HUP
        run=$1; net=198.18.$2; count=$3
        undo() { for i in $(seq $count); do ip link del ${run}h$i; ip netns del $run-$i; done 2>/dev/null; }
        make() {
            for i in $(seq $count); do
                ip netns add $run-$i &&
                ip link add ${run}h$i address 02:00:00:00:0$i:01 type veth peer name ${run}n$i address 02:00:00:00:0$i:02 netns $run-$i &&
                ip addr add $net.$((4 * i + 1))/30 dev ${run}h$i && ip link set ${run}h$i up &&
                ip -n $run-$i addr add $net.$((4 * i + 2))/30 dev ${run}n$i && ip -n $run-$i link set ${run}n$i up &&
                ip neigh replace $net.$((4 * i + 2)) lladdr 02:00:00:00:0$i:02 dev ${run}h$i nud permanent || return 1
            done
        }
        if why=$(make 2>&1); then echo ready; cat >/dev/null; else echo "$why" | head -n 1; fi
        undo
        """;

    private const int Port = 6379;

    private static readonly string Run = $"ac{Environment.ProcessId}";
    private static readonly int Subnet = Environment.ProcessId % 256;

    private readonly Process _keeper;
    private readonly Dictionary<string, (int Number, RedisLink Link)> _instances = [];

    private NetworkNamespaces(Process keeper) => _keeper = keeper;

    public string Kind => "network namespaces";

    /// <summary>Makes them.</summary>
    /// <exception cref="CannotRunException">They cannot be made here.</exception>
    public static async Task<NetworkNamespaces> StartAsync(int redis, IReadOnlyList<string> instances)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", Run, $"{Subnet}", $"{instances.Count}"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var keeper = Process.Start(start)!;
        var network = new NetworkNamespaces(keeper);
        try
        {
            if (await keeper.StandardOutput.ReadLineAsync() is var answer && answer != "ready")
                throw new CannotRunException($"Network namespaces cannot be made here: {answer}");

            foreach (var (index, instance) in instances.Index())
                network._instances.Add(instance, (index + 1, RedisLink.Start(redis, NetworkNamespace.Within($"{Run}-{index + 1}", () => Listen(new IPEndPoint(AddressOf(index + 1), Port))))));

            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public EndPoint RedisFor(string instance) => new IPEndPoint(AddressOf(_instances[instance].Number), Port);

    public Task PartitionAsync(string instance) => SetAsync(instance, "down");

    public async Task HealAsync(int redis)
    {
        foreach (var (instance, (_, link)) in _instances)
        {
            await SetAsync(instance, "up");
            link.Heal(redis);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, link) in _instances.Values)
            await link.DisposeAsync();

        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private static IPAddress AddressOf(int number) => new([198, 18, (byte)Subnet, (byte)((4 * number) + 2)]);

    private async Task SetAsync(string instance, string state)
    {
        var number = _instances[instance].Number;
        using var ip = Process.Start("ip", ["-n", $"{Run}-{number}", "link", "set", $"{Run}n{number}", state]);
        await ip.WaitForExitAsync();
        if (ip.ExitCode != 0)
            throw new CannotRunException($"The wire of '{instance}' could not be set {state}.");
    }

    private static TcpListener Listen(IPEndPoint endPoint)
    {
        var listener = new TcpListener(endPoint);
        listener.Start();
        return listener;
    }
}
