using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class InstanceKilled : IFault
{
    private const string Ghost = "ghost";

    public int Number => 1;

    public string Name => "an instance is killed (kill -9)";

    public string Passes => "all its clients resumed elsewhere in 5 s; its presence gone 5 s after its lease";

    public FaultScope Scope => FaultScope.Instances;

    public TimeSpan Length(FaultRunOptions options) => options.Lease + TimeSpan.FromSeconds(10);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var victim = context.Victim();
        var room = $"presence-{Guid.NewGuid():n}";
        using var witness = await Member.JoinAsync(context.Deployment.Instances[0], room, "witness", cancellationToken, presence: true);
        using var ghost = await Member.JoinAsync(victim, room, Ghost, cancellationToken);
        await UntilAsync(witness, "joined", cancellationToken);

        var (joins, orphans) = (context.Audit.Joins, context.On(victim).Length);
        // It cannot say goodbye: its lease has to end. Heard from now on, since a connection that is not read answers no ping.
        var gone = UntilAsync(witness, "left", cancellationToken);
        var killed = Stopwatch.GetTimestamp();
        await victim.KillAsync();
        await context.RejoinAsync(joins, orphans, cancellationToken);
        context.Note($"{victim.Name}, {orphans} clients");
        context.Within("all resumed elsewhere after", Stopwatch.GetElapsedTime(killed), 5);
        await context.FlowAgainAsync(killed, cancellationToken);

        await victim.StartAsync(cancellationToken);
        await gone.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        context.Within("its presence was gone after", Stopwatch.GetElapsedTime(killed), context.Options.Lease.TotalSeconds + 5);
    }

    private static async Task UntilAsync(Member witness, string what, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var frame = await witness.UntilAsync("presence", cancellationToken);
            if (frame.RootElement.GetProperty("event").GetString() == what && frame.RootElement.GetProperty("name").GetString() == Ghost)
                return;
        }
    }
}
