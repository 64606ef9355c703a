using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class ConnectionIdle : IFault
{
    public int Number => 16;

    public string Name => "a connection through the gateway is idle";

    public string Passes => "it is still connected (10 min; here a tenth of the run)";

    public FaultScope Scope => FaultScope.Gateway;

    public TimeSpan Length(FaultRunOptions options) => options.Idle + TimeSpan.FromSeconds(2);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        using var idle = await Member.JoinAsync(context.Deployment.Gateway, $"idle-{Guid.NewGuid():n}", "ada", cancellationToken);
        // Pings are answered on the way to the next frame.
        var acknowledged = idle.UntilAsync("ack", cancellationToken);
        await Task.WhenAny(acknowledged, Task.Delay(context.Options.Idle, cancellationToken));
        var began = Stopwatch.GetTimestamp();
        await idle.SendAsync("one", "still here");
        (await acknowledged.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken)).Dispose();
        context.Note($"idle for {context.Options.Idle.TotalSeconds:0} s");
        await context.FlowAgainAsync(began, cancellationToken);
    }
}
