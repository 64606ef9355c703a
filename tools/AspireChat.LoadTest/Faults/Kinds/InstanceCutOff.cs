using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class InstanceCutOff : IFault
{
    public int Number => 6;

    public string Name => "an instance is cut off from Redis, half-open";

    public string Passes => "noticed in 3 s: unready; all that was missed is there once it heals";

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(14);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var victim = context.Victim();
        await context.Deployment.Network.PartitionAsync(victim.Name);
        try
        {
            context.Note($"{victim.Name}, by {context.Deployment.Network.Kind}");
            context.Within("noticed after", await victim.WaitUntilAsync(ready: false, cancellationToken), 3);
            // Long enough for others to have said something.
            await Task.Delay(TimeSpan.FromSeconds(2 + (3 * context.Random.NextDouble())), cancellationToken);
        }
        finally
        {
            await context.Deployment.Network.HealAsync(context.Deployment.Redis.Port);
        }

        var healed = Stopwatch.GetTimestamp();
        context.Note($"ready again {(await victim.WaitUntilAsync(ready: true, cancellationToken)).TotalSeconds:0.0} s after it healed");
        await context.FlowAgainAsync(healed, cancellationToken);
    }
}
