using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class RedisForgets : IFault
{
    public int Number => 4;

    public string Name => "Redis is killed, and restarts without its data";

    public string Passes => "a new epoch; every client is told; histories are never mixed";

    public bool MayLose => true;

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(9);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var room = context.Audit.Clients[0].Room;
        var epoch = await context.Deployment.EpochAsync(room, cancellationToken);
        var told = context.Audit.Announced;
        await context.Deployment.Redis.LoseDataAsync();
        await context.Deployment.Redis.StartAsync();
        var began = Stopwatch.GetTimestamp();
        await context.FlowAgainAsync(began, cancellationToken);
        await FaultContext.UntilAsync(() => context.Audit.Announced >= told + context.Audit.Clients.Count, TimeSpan.FromSeconds(20), "every client was told", cancellationToken);

        context.Note($"all told after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        context.Expect(await context.Deployment.EpochAsync(room, cancellationToken) != epoch, $"The epoch is the same.");
    }
}
