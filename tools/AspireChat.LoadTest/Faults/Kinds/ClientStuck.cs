using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class ClientStuck : IFault
{
    /// <summary>The others send as well.</summary>
    private const int Senders = 4;

    private const int Clients = 8;
    private const double MostMegabytes = 128;

    public int Number => 9;

    public string Name => "a client stops reading";

    public string Passes => "it is given up, resumes fully, and the others keep their connections; memory is bounded";

    public FaultScope Scope => FaultScope.Clients;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(25);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var (deployment, stuck) = (context.Deployment, context.Random.Next(Senders, Clients));
        await using var crowd = await context.CrowdAsync(
            new AuditOptions
            {
                Targets = [.. deployment.Regulars.Append(deployment.Gateway).Select(door => door.Address)],
                Clients = Clients,
                Senders = Senders,
                SendsPerSecond = 80,
                TextChars = 4_000,
                NarrowClient = stuck,
            },
            cancellationToken);
        var (memory, joins, client) = (Memory(deployment), crowd.Joins, crowd.Clients[stuck]);
        var before = await ConnectionsAsync(deployment, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        client.StopReading();
        try
        {
            await FaultContext.UntilAsync(async () => await ConnectionsAsync(deployment, cancellationToken) < before, TimeSpan.FromSeconds(60), "it is given up", cancellationToken);
            var grown = (Memory(deployment) - memory) / 1e6;
            context.Note($"{(stuck == Clients - 1 ? "by the gateway" : $"on {client.Instance}")}: given up after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, the instances grew by {grown:0.0} MB");
            context.Expect(grown < MostMegabytes, $"The instances grew by {grown:0.0} MB; at most {MostMegabytes:0} are allowed.");
        }
        finally
        {
            client.ReadAgain();
        }

        var again = Stopwatch.GetTimestamp();
        await FaultContext.UntilAsync(() => crowd.Joins > joins && crowd.IsJoined, TimeSpan.FromSeconds(30), "it is back", cancellationToken);
        await context.FlowAgainAsync(again, cancellationToken);
        var others = crowd.Joins - joins - client.Joins + 1;
        context.Expect(others <= 0, $"{others} of the others had to come back.");
        await context.JudgeAsync(crowd, cancellationToken);
    }

    private static async Task<int> ConnectionsAsync(Deployment deployment, CancellationToken cancellationToken) =>
        (await Task.WhenAll(deployment.Regulars.Where(unit => unit.IsUp).Select(unit => Deployment.ConnectionsAsync(unit, cancellationToken)))).Sum();

    private static double Memory(Deployment deployment) =>
        deployment.Processes.Where(process => process.Name.StartsWith("chat-", StringComparison.Ordinal)).Sum(process => Measuring.ResidentMemory.Of(process.ProcessId) ?? 0);
}
