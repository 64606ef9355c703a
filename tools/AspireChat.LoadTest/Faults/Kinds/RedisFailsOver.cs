using System.Diagnostics;
using AspireChat.LoadTest.Processes;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class RedisFailsOver : IFault
{
    public int Number => 5;

    public string Name => "failover to a replica that lags";

    public string Passes => "a new epoch; every client is told";

    public bool MayLose => true;

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(12);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var (deployment, audit) = (context.Deployment, context.Audit);
        var room = audit.Clients[0].Room;
        var epoch = await deployment.EpochAsync(room, cancellationToken);
        var replica = await RedisProcess.StartDurableAsync();
        try
        {
            await replica.CommandAsync("REPLICAOF", "127.0.0.1", $"{deployment.Redis.Port}");
            await FaultContext.UntilAsync(async () => await replica.InfoAsync("replication", "master_link_status") == "up", TimeSpan.FromSeconds(20), "the replica follows", cancellationToken);

            // From here on it lags.
            await replica.CommandAsync("REPLICAOF", "NO", "ONE");
            var (told, acknowledged) = (audit.Announced, audit.Acknowledged);
            await FaultContext.UntilAsync(() => audit.Acknowledged >= acknowledged + 20, TimeSpan.FromSeconds(20), "20 messages that the replica has not", cancellationToken);
            await deployment.FailOverAsync(replica);
            var began = Stopwatch.GetTimestamp();
            await context.FlowAgainAsync(began, cancellationToken);
            await FaultContext.UntilAsync(() => audit.Announced >= told + audit.Clients.Count, TimeSpan.FromSeconds(20), "every client was told", cancellationToken);
            context.Note($"all told after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }
        finally
        {
            if (deployment.Redis != replica)
                await replica.DisposeAsync();
        }

        context.Expect(await deployment.EpochAsync(room, cancellationToken) != epoch, $"The epoch is the same.");
    }
}
