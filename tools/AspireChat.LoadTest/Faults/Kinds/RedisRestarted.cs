using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class RedisRestarted : IFault
{
    public int Number => 3;

    public string Name => "Redis is killed, and restarts with its data";

    public string Passes => "the same epoch; live again in 3 s";

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(9);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var room = context.Audit.Clients[0].Room;
        var epoch = await context.Deployment.EpochAsync(room, cancellationToken);
        await context.Deployment.Redis.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(0.5 + (1.5 * context.Random.NextDouble())), cancellationToken);
        await context.Deployment.Redis.StartAsync();
        var began = Stopwatch.GetTimestamp();
        var live = await context.FlowAgainAsync(began, cancellationToken);

        context.Within("live again after", live, 3);
        context.Expect(await context.Deployment.EpochAsync(room, cancellationToken) == epoch, $"The epoch is another.");
    }
}
