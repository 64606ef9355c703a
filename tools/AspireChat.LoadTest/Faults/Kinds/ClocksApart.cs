using System.Diagnostics;
using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class ClocksApart : IFault
{
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    public int Number => 11;

    public string Name => "clocks 1 h fast and 1 h slow";

    public string Passes => "no effect on order or recovery";

    public FaultScope Scope => FaultScope.Instances;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(30);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var (fast, slow) = (context.Deployment.Instances[1], context.Deployment.Instances[2]);
        await RestartAsync(fast, cancellationToken, ("Chat__Faults__ClockOffset", $"{Apart}"));
        await RestartAsync(slow, cancellationToken, ("Chat__Faults__ClockOffset", $"-{Apart}"));
        try
        {
            await context.FlowAgainAsync(Stopwatch.GetTimestamp(), cancellationToken);
            foreach (var (instance, offset) in new[] { (fast, Apart), (slow, -Apart) })
                context.Expect(Math.Abs((await ErrorOfAsync(instance, cancellationToken) - offset).TotalMinutes) < 5, $"The clock of {instance.Name} is not {offset.TotalHours} h off.");

            // Clients come over from a clock to another, and resume.
            await context.Audit.GoHomeAsync(TimeSpan.FromSeconds(30), cancellationToken);
            await context.FlowAgainAsync(Stopwatch.GetTimestamp(), cancellationToken);
        }
        finally
        {
            await RestartAsync(fast, cancellationToken);
            await RestartAsync(slow, cancellationToken);
        }
    }

    private static async Task RestartAsync(Unit instance, CancellationToken cancellationToken, params (string, string)[] changes)
    {
        await instance.TerminateAsync(cancellationToken);
        await instance.StartAsync(cancellationToken, changes);
        await instance.WaitUntilAsync(ready: true, cancellationToken);
    }

    /// <summary>How wrong the date is that an instance puts on a message.</summary>
    private static async Task<TimeSpan> ErrorOfAsync(Unit instance, CancellationToken cancellationToken)
    {
        using var member = await Member.JoinAsync(instance, $"clock-{Guid.NewGuid():n}", "ada", cancellationToken);
        await member.SendAsync("one", "What time is it?");
        using var message = await member.UntilAsync("message", cancellationToken);
        return message.RootElement.GetProperty("at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
    }
}
