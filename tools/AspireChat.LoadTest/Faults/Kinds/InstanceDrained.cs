using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class InstanceDrained : IFault
{
    public int Number => 2;

    public string Name => "an instance is told to end (SIGTERM) and drains";

    public string Passes => "it has exited in 10 s; no connection broke without a close";

    public FaultScope Scope => FaultScope.Instances;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(10);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var victim = context.Victim();
        var (joins, breaks, leaving) = (context.Audit.Joins, context.Audit.Breaks, context.On(victim).Length);
        var took = await victim.TerminateAsync(cancellationToken);
        var ended = Stopwatch.GetTimestamp();
        await context.RejoinAsync(joins, leaving, cancellationToken);
        await context.FlowAgainAsync(ended, cancellationToken);

        await victim.StartAsync(cancellationToken);
        await victim.WaitUntilAsync(ready: true, cancellationToken);

        context.Note($"{victim.Name}, {leaving} clients");
        context.Within("it had exited after", took, 10);
        context.Expect(context.Audit.Breaks == breaks, $"{context.Audit.Breaks - breaks} connections broke without a close frame.");
    }
}
