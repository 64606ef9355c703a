using System.Diagnostics;

namespace AspireChat.LoadTest.Faults.Kinds;

internal sealed class ClientAway : IFault
{
    /// <summary>A room keeps 10,000 messages.</summary>
    private const int PastTheWindow = 10_100;

    private const int AtOnce = 50;
    private const string Text = "more than a room keeps";

    public int Number => 15;

    public string Name => "a client is offline for a while, and one past the window";

    public string Passes => "the one gets all it has missed, the other is told that it cannot";

    public FaultScope Scope => FaultScope.Clients;

    public TimeSpan Length(FaultRunOptions options) => options.Absence + TimeSpan.FromSeconds(25);

    public async Task StrikeAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var client = context.Audit.Clients[context.Random.Next(context.Audit.Clients.Count)];
        var (announced, deliveries) = (client.Announced, context.Audit.Acknowledged);
        client.GoOffline();
        try
        {
            await Task.WhenAll(Task.Delay(context.Options.Absence, cancellationToken), PassTheWindowAsync(context, cancellationToken));
        }
        finally
        {
            client.Return();
        }

        var back = Stopwatch.GetTimestamp();
        await context.FlowAgainAsync(back, cancellationToken);
        context.Note($"{context.Audit.Acknowledged - deliveries} messages missed, all there {Stopwatch.GetElapsedTime(back).TotalSeconds:0.0} s after its return");
        context.Expect(client.Announced == announced, $"Client {client.Number} was told that messages were lost.");
    }

    private static async Task PassTheWindowAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var room = $"window-{Guid.NewGuid():n}";
        using var sender = await Member.JoinAsync(context.Deployment.Instances[0], room, "ada", cancellationToken);
        await sender.SendAsync("first", "Who will remember me?");
        (await sender.UntilAsync("ack", cancellationToken)).Dispose();
        var absent = await Member.JoinAsync(context.Deployment.Instances[1], room, "bob", cancellationToken);
        var since = absent.Position;
        absent.Dispose();
        foreach (var ids in Enumerable.Range(0, PastTheWindow).Select(number => $"{number}").Chunk(AtOnce))
            await SendAsync(sender, ids, cancellationToken);

        using var late = await Member.JoinAsync(context.Deployment.Instances[2], room, "bob", cancellationToken, since);
        context.Expect(!late.Recovered, $"After {PastTheWindow} messages a client was told that it had recovered all, of which a room keeps 10,000.");
    }

    private static async Task SendAsync(Member sender, string[] ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
            await sender.SendAsync(id, Text);
        for (var acknowledged = 0; acknowledged < ids.Length;)
        {
            using var frame = await sender.NextAsync(cancellationToken);
            if (Member.TypeOf(frame) == "ack")
                acknowledged++;
            else if (Member.TypeOf(frame) == "error")
                await sender.SendAsync(frame.RootElement.GetProperty("id").GetString()!, Text);
        }
    }
}
