using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Hosts;

/// <summary>
/// A run on many hosts, over ways that are slow and lose packets: clients send through both gateways, the host of one chat server is cut off from all, another
/// from Redis alone, and the record of what all clients saw is judged.
/// </summary>
internal sealed class HostsRun(HostsOptions options, TextWriter timeline)
{
    /// <summary>3 s, as of any instance that is cut off from Redis, and the way from there to here.</summary>
    private const double Noticed = 4;

    /// <summary>For connections to Redis to be made anew, and a probe to be heard.</summary>
    private const double ReadyAgain = 5;
    private const double FlowsAgain = 10;

    private readonly List<HostsFinding> _findings = [];
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <exception cref="CannotRunException">The hosts cannot be made here, or what is to run on them does not start.</exception>
    /// <exception cref="TimeoutException">Something that must come did not.</exception>
    public async Task<HostsReport> RunAsync(CancellationToken cancellationToken)
    {
        var date = TimeProvider.System.GetUtcNow();
        await using var deployment = await HostsDeployment.StartAsync(options, cancellationToken);
        Say($"2 gateways, 3 chat servers and Redis are ready, each on a host of its own ({deployment.Network.Run}-1 to -6)");
        await using var audit = await Audit.StartAsync(AuditOptionsFor(deployment), cancellationToken);
        await audit.WaitUntilFlowingAsync(Patient(30), cancellationToken);
        Say($"{options.Clients} clients at both gateways, on {string.Join(", ", audit.Clients.GroupBy(client => client.Instance).OrderBy(group => group.Key).Select(group => $"{group.Key}: {group.Count()}"))}");
        await Task.Delay(options.Quiet, cancellationToken);
        await CutOffFromAllAsync(deployment, audit, deployment.Instances[1], cancellationToken);
        await CutOffFromRedisAsync(deployment, audit, deployment.Instances[2], cancellationToken);
        Say("sends end, and what is on its way arrives");
        var verdict = await audit.FinishAsync(cancellationToken);
        var (passed, lost) = deployment.Network.Packets;
        return new HostsReport { Date = date, Findings = _findings, PacketsPassed = passed, PacketsLost = lost, Verdict = verdict };
    }

    private AuditOptions AuditOptionsFor(HostsDeployment deployment) => new()
    {
        Targets = [.. deployment.Gateways.Select(gateway => gateway.Address)],
        Clients = options.Clients,
        SendsPerSecond = options.SendsPerSecond,
        AckLimit = Patient(10),
        DeadAfter = options.DeadAfter,
        NewSocket = deployment.Users.NewSocket,
    };

    private async Task CutOffFromAllAsync(HostsDeployment deployment, Audit audit, Unit victim, CancellationToken cancellationToken)
    {
        var name = $"the host of {victim.Name} is cut off from all";
        var theirs = On(victim, audit);
        Say($"{name}, which {theirs.Length} clients are on");
        var cut = Stopwatch.GetTimestamp();
        using (audit.Fault(name))
        {
            deployment.Network.CutOff(victim.Name);
            await UntilAsync(() => audit.IsJoined && On(victim, audit).Length == 0, BackElsewhere.TotalSeconds, $"the clients of {victim.Name} are back on other hosts", cut, cancellationToken);
            if (options.Cut - Stopwatch.GetElapsedTime(cut) is var left && left > TimeSpan.Zero)
                await Task.Delay(left, cancellationToken);

            deployment.Network.Heal();
        }

        await WellAgainAsync(audit, victim, name, cancellationToken);
    }

    private async Task CutOffFromRedisAsync(HostsDeployment deployment, Audit audit, Unit victim, CancellationToken cancellationToken)
    {
        var name = $"the host of {victim.Name} is cut off from Redis alone";
        Say($"{name}, which {On(victim, audit).Length} clients are on");
        var joins = audit.Joins;
        var cut = Stopwatch.GetTimestamp();
        using (audit.Fault(name))
        {
            deployment.Network.CutOff(victim.Name, "redis");
            await victim.WaitUntilAsync(ready: false, cancellationToken);
            Found($"{victim.Name} is unready", cut, Noticed);
            if (options.CutFromRedis - Stopwatch.GetElapsedTime(cut) is var left && left > TimeSpan.Zero)
                await Task.Delay(left, cancellationToken);

            deployment.Network.Heal();
        }

        await WellAgainAsync(audit, victim, name, cancellationToken);
        Say($"{audit.Joins - joins} clients lost their connection over it");
    }

    private async Task WellAgainAsync(Audit audit, Unit victim, string name, CancellationToken cancellationToken)
    {
        var healed = Stopwatch.GetTimestamp();
        Say("healed");
        await victim.WaitUntilAsync(ready: true, cancellationToken);
        Found($"{victim.Name} is ready again", healed, ReadyAgain);
        await audit.WaitUntilFlowingAsync(Patient(FlowsAgain), cancellationToken);
        Found("messages flow everywhere again", healed, FlowsAgain);
        audit.WellAgain(name);
    }

    private async Task UntilAsync(Func<bool> condition, double seconds, string what, long since, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Patient(seconds))
                throw new TimeoutException($"Not within {Patient(seconds).TotalSeconds:0} s: {what}.");

            await Task.Delay(20, cancellationToken);
        }

        Found(what, since, seconds);
    }

    private void Found(string what, long since, double seconds)
    {
        var finding = new HostsFinding(what, Math.Round(Stopwatch.GetElapsedTime(since).TotalSeconds, 2), Patient(seconds).TotalSeconds);
        _findings.Add(finding);
        Say($"  {finding}");
    }

    /// <summary>A client finds out that it hears nothing half as long again after it is cut off, and has a gateway that must find out as well.</summary>
    private TimeSpan BackElsewhere => (1.5 * options.DeadAfter) + TimeSpan.FromSeconds(5);

    private TimeSpan Patient(double seconds) => TimeSpan.FromSeconds(seconds * options.Patience);

    private void Say(string what) => timeline.WriteLine(FormattableString.Invariant($"[{Stopwatch.GetElapsedTime(_began).TotalSeconds,6:0.0} s] {what}"));

    private static AuditClient[] On(Unit instance, Audit audit) => [.. audit.Clients.Where(client => client.Instance == instance.Name)];
}
