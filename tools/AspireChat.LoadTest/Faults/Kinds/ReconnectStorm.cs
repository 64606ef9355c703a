using System.Diagnostics;
using AspireChat.LoadTest.Auditing;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class ReconnectStorm : IFault
{
    private const int RoomSize = 25;

    public int Number => 13;

    public string Name => "a crowd loses its connections at once";

    public string Passes => "all have resumed in 10 s";

    public FaultScope Scope => FaultScope.Clients;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(12 + (options.Crowd / 100));

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var count = context.Options.Crowd;
        await using var crowd = await context.CrowdAsync(
            new AuditOptions
            {
                Targets = [.. context.Deployment.Regulars.Append(context.Deployment.Gateway).Select(door => door.Address)],
                Clients = count,
                Rooms = Math.Max(1, count / RoomSize),
                Senders = Math.Min(count, 10),
                SendsPerSecond = 10,
                SettleTimeout = TimeSpan.FromSeconds(40),
            },
            cancellationToken);
        var joins = crowd.Joins;
        var began = Stopwatch.GetTimestamp();
        using (crowd.Fault(Name))
        {
            foreach (var client in crowd.Clients)
                client.Drop();

            await FaultContext.UntilAsync(() => crowd.Joins >= joins + count && crowd.IsJoined, TimeSpan.FromMinutes(2), "all are back", cancellationToken);
        }

        context.Note($"{count} clients");
        context.Within("all had resumed after", Stopwatch.GetElapsedTime(began), 10);
        await context.FlowAgainAsync(began, cancellationToken);
        await context.JudgeAsync(crowd, cancellationToken);
    }
}
