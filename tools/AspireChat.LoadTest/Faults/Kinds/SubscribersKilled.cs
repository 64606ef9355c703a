using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class SubscribersKilled : IFault
{
    private const int Times = 5;

    public int Number => 7;

    public string Name => "CLIENT KILL TYPE pubsub, five times";

    public string Passes => "no client loses its connection";

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(8);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var (joins, killed) = (context.Audit.Joins, 0);
        for (var time = 0; time < Times; time++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.2 + context.Random.NextDouble()), cancellationToken);
            killed += int.Parse((await context.Deployment.Redis.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub"))[1..], null);
        }

        await context.FlowAgainAsync(Stopwatch.GetTimestamp(), cancellationToken);
        context.Note($"{killed} subscribers killed");
        context.Expect(killed >= Times, $"Only {killed} subscribers were there to be killed.");
        context.Expect(context.Audit.Joins == joins, $"{context.Audit.Joins - joins} clients had to come back.");
    }
}
