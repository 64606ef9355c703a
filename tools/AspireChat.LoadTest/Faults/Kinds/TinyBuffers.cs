using System.Diagnostics;
using AspireChat.LoadTest.Auditing;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class TinyBuffers : IFault
{
    private const int Burst = 400;

    public int Number => 8;

    public string Name => "tiny output buffers of Redis and a burst";

    public string Passes => "subscribers are cut off, and nobody notices";

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(12);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var redis = context.Deployment.Redis;
        await using var crowd = await context.CrowdAsync(
            new AuditOptions { Targets = [.. context.Deployment.Doors.Select(door => door.Address)], Clients = 4, SendsPerSecond = 200, TextChars = 3_000 }, cancellationToken);
        var before = await ConnectionsMadeAsync(redis);
        await redis.CommandAsync("CONFIG", "SET", "client-output-buffer-limit", "pubsub 1 1 0");
        try
        {
            await FaultContext.UntilAsync(() => crowd.Sends >= Burst, TimeSpan.FromSeconds(20), $"{Burst} sends", cancellationToken);
            await FaultContext.UntilAsync(async () => await ConnectionsMadeAsync(redis) > before + 1, TimeSpan.FromSeconds(20), "subscribers were cut off and came back", cancellationToken);
        }
        finally
        {
            await redis.CommandAsync("CONFIG", "SET", "client-output-buffer-limit", "pubsub 33554432 8388608 60");
        }

        var ended = Stopwatch.GetTimestamp();
        await context.FlowAgainAsync(ended, cancellationToken);
        await context.JudgeAsync(crowd, cancellationToken);
        context.Note($"{await ConnectionsMadeAsync(redis) - before} connections made anew");
    }

    private static async Task<long> ConnectionsMadeAsync(Processes.RedisProcess redis) =>
        // Each look is a connection itself.
        long.Parse(await redis.InfoAsync("stats", "total_connections_received") ?? "0", null);
}
