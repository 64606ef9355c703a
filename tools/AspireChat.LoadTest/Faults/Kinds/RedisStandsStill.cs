using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class RedisStandsStill : IFault
{
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(10);

    public int Number => 10;

    public string Name => "Redis stands still for 10 s (SIGSTOP or CLIENT PAUSE)";

    public string Passes => "a sender is told in 2 s";

    public FaultScope Scope => FaultScope.Redis;

    public TimeSpan Length(FaultRunOptions options) => TimeSpan.FromSeconds(18);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var redis = context.Deployment.Redis;
        using var sender = await Member.JoinAsync(context.Deployment.Instances[0], $"still-{Guid.NewGuid():n}", "ada", cancellationToken);
        var stopped = context.Random.Next(2) == 0;
        var began = Stopwatch.GetTimestamp();
        if (stopped)
            await redis.PauseAsync();
        else
            await redis.CommandAsync("CLIENT", "PAUSE", $"{Still.TotalMilliseconds}", "ALL");

        try
        {
            context.Note($"{(stopped ? "SIGSTOP" : "CLIENT PAUSE")}");
            var sent = Stopwatch.GetTimestamp();
            await sender.SendAsync("one", "hello");
            await UntilToldAsync(sender, cancellationToken).WaitAsync(Still, cancellationToken);
            context.Within("a sender was told after", Stopwatch.GetElapsedTime(sent), 2);
            if (Still - Stopwatch.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, cancellationToken);
        }
        finally
        {
            await redis.ResumeAsync();
        }

        await context.FlowAgainAsync(Stopwatch.GetTimestamp(), cancellationToken);
    }

    private static async Task UntilToldAsync(Member sender, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var frame = await sender.NextAsync(cancellationToken);
            if (Member.TypeOf(frame) == "error" && frame.RootElement.GetProperty("code").GetString() == "unavailable")
                return;
        }
    }
}
