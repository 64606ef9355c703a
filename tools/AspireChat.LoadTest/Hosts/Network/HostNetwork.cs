using System.Diagnostics;
using System.Net;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Hosts.Network;

/// <summary>
/// Hosts on one machine: a network namespace for each, and a switch between them, which is this process. Nothing of it can be seen outside: a browser, for one,
/// gives up what it is loading when an interface of the machine comes or goes. It needs the rights of root.
/// </summary>
internal sealed class HostNetwork : IAsyncDisposable
{
    // A shell that holds a pipe from this process makes them, and takes them away at its end, however this process ends.
    private const string Keeper = """
        trap '' INT TERM HUP
        run=$1; net=$2; count=$3
        undo() { for i in $(seq $count); do ip netns del $run-$i; done; }
        make() {
            for i in $(seq $count); do
                ip netns add $run-$i && ip -n $run-$i tuntap add dev wan mode tun && ip -n $run-$i addr add $net.$i/24 dev wan &&
                ip -n $run-$i link set lo up && ip -n $run-$i link set wan up || return 1
            done
        }
        if why=$(make 2>&1); then echo ready; cat >/dev/null; else echo "${why:-a step failed}" | head -n 1; fi
        undo 2>/dev/null
        """;

    /// <summary>Of a block that is set aside for benchmarks. Networks do not see each other, so all have the same.</summary>
    private const string Subnet = "198.19.0";

    private static int _networks;

    private readonly Process _keeper;
    private readonly List<Host> _hosts = [];
    private HostSwitch? _switch;

    private HostNetwork(Process keeper, string run) => (_keeper, Run) = (keeper, run);

    /// <summary>The names of all that is made begin so.</summary>
    public string Run { get; }

    /// <summary>Packets that were passed on, and lost by chance.</summary>
    public (long Passed, long Lost) Packets => (_switch!.Passed, _switch.Lost);

    public Host this[string name] => _hosts.Single(host => host.Name == name);

    /// <summary>Makes them.</summary>
    /// <exception cref="CannotRunException">They cannot be made here.</exception>
    public static async Task<HostNetwork> StartAsync(IReadOnlyList<string> names, LinkQuality quality)
    {
        if (!OperatingSystem.IsLinux())
            throw new CannotRunException("Hosts are network namespaces: run this on Linux.");
        if (!File.Exists("/dev/net/tun"))
            throw new CannotRunException("Hosts are joined by '/dev/net/tun', which is not there.");

        var run = $"ah{Environment.ProcessId:x}{(char)('a' + (Interlocked.Increment(ref _networks) % 26))}";
        var keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", run, Subnet, $"{names.Count}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var network = new HostNetwork(keeper, run);
        try
        {
            if (await keeper.StandardOutput.ReadLineAsync() is var answer && answer != "ready")
                throw new CannotRunException($"Network namespaces cannot be made here: {answer}");

            network._hosts.AddRange(names.Select((name, index) => new Host(name, $"{run}-{index + 1}", IPAddress.Parse($"{Subnet}.{index + 1}"))));
            TunDevice[] ports = [.. network._hosts.Select(host => TunDevice.Attach(host.Namespace, "wan"))];
            network._switch = new HostSwitch(ports, quality);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on nothing passes between a host and all others, and nobody is told.</summary>
    public void CutOff(string host)
    {
        for (var other = 0; other < _hosts.Count; other++)
            _switch!.Set(IndexOf(host), other, cut: true);
    }

    /// <summary>From now on nothing passes between two hosts, and nobody is told.</summary>
    public void CutOff(string host, string other) => _switch!.Set(IndexOf(host), IndexOf(other), cut: true);

    /// <summary>Everything passes again.</summary>
    public void Heal()
    {
        for (var one = 0; one < _hosts.Count; one++)
        {
            for (var other = 0; other <= one; other++)
                _switch!.Set(one, other, cut: false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _switch?.Dispose();
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private int IndexOf(string host) => _hosts.FindIndex(one => one.Name == host);
}
