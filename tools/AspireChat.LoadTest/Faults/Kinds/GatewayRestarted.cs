using System.Diagnostics;
using AspireChat.LoadTest.Auditing;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class GatewayRestarted : IFault
{
    private const int RoomSize = 25;

    public int Number => 12;

    public string Name => "the gateway restarts under a crowd";

    public string Passes => "all are back 15 s after it is";

    public FaultScope Scope => FaultScope.Gateway;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(15 + (options.Crowd / 100));

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var (gateway, count) = (context.Deployment.Gateway, context.Options.Crowd);
        await using var crowd = await context.CrowdAsync(
            new AuditOptions { Targets = [gateway.Address], Clients = count, Rooms = Math.Max(1, count / RoomSize), Senders = Math.Min(count, 10), SendsPerSecond = 10, StartTimeout = TimeSpan.FromMinutes(2), SettleTimeout = TimeSpan.FromSeconds(40) },
            cancellationToken);
        var joins = crowd.Joins;
        var killed = context.Random.Next(2) == 0;
        var began = Stopwatch.GetTimestamp();
        long up;
        using (crowd.Fault(Name))
        {
            if (killed)
                await gateway.KillAsync();
            else
                await gateway.TerminateAsync(cancellationToken);

            await gateway.StartAsync(cancellationToken);
            up = Stopwatch.GetTimestamp();
            await FaultContext.UntilAsync(() => crowd.Joins >= joins + count && crowd.IsJoined, TimeSpan.FromMinutes(2), "all are back", cancellationToken);
        }

        context.Note($"{count} clients; {(killed ? "killed" : "terminated")}, up again after {Stopwatch.GetElapsedTime(began, up).TotalSeconds:0.0} s");
        context.Within("all were back after", Stopwatch.GetElapsedTime(up), 15);
        await context.FlowAgainAsync(up, cancellationToken);
        await context.JudgeAsync(crowd, cancellationToken);
    }
}
