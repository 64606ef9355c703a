using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class InstanceAdded : IFault
{
    private const int Clients = 60;

    /// <summary>Rebalancing leaves a difference of two alone.</summary>
    private const double Difference = 2;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);

    public int Number => 17;

    public string Name => "an instance is added";

    public string Passes => "connections spread within 10%";

    public FaultScope Scope => FaultScope.Instances;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(65);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var (deployment, spare) = (context.Deployment, context.Deployment.Spare);
        await using var crowd = await context.CrowdAsync(new AuditOptions { Targets = [deployment.Gateway.Address], Clients = Clients, SendsPerSecond = 10 }, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await spare.StartAsync(cancellationToken);
            await spare.WaitUntilAsync(ready: true, cancellationToken);
            await context.FlowAgainAsync(Stopwatch.GetTimestamp(), cancellationToken);
            var (joins, calmSince) = (crowd.Joins, Stopwatch.GetTimestamp());
            await FaultContext.UntilAsync(
                async () =>
                {
                    var counts = await Task.WhenAll(deployment.Instances.Select(instance => Deployment.ConnectionsAsync(instance, cancellationToken)));
                    var average = counts.Average();
                    if (crowd.Joins != joins || !crowd.IsJoined || counts.Any(count => Math.Abs(count - average) > Math.Max(Difference, average / 10)))
                        (joins, calmSince) = (crowd.Joins, Stopwatch.GetTimestamp());
                    return Stopwatch.GetElapsedTime(calmSince) > Calm;
                },
                TimeSpan.FromMinutes(3),
                "connections are spread within 10% and nobody moves any more",
                cancellationToken);
            context.Note($"spread {Stopwatch.GetElapsedTime(began, calmSince).TotalSeconds:0.0} s after its start");
            await context.JudgeAsync(crowd, cancellationToken);
        }
        finally
        {
            await spare.TerminateAsync(CancellationToken.None);
        }
    }
}
