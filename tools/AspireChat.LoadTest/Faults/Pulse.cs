using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults;

/// <summary>Whether messages pass between all doors of a deployment: at each a member joins a room of their own, sends, is acknowledged, and gets what all have sent.</summary>
internal static class Pulse
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once it is so.</summary>
    /// <exception cref="TimeoutException">It was not so within the time given.</exception>
    public static async Task WaitAsync(Deployment deployment, TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within);
        var trouble = "";
        while (!limit.IsCancellationRequested)
        {
            try
            {
                await BeatAsync([.. deployment.Doors], limit.Token);
                return;
            }
            catch (Exception e) when (e is not TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                trouble = e is OperationCanceledException && trouble.Length > 0 ? trouble : e.Message;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException($"Messages did not pass between all instances and the gateway within {within.TotalSeconds:0.#} s: {trouble}");
    }

    private static async Task BeatAsync(Unit[] doors, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AttemptTimeout);
        var room = $"pulse-{Guid.NewGuid():n}";
        var members = new List<Member>();
        try
        {
            foreach (var door in doors)
                members.Add(await Member.JoinAsync(door, room, door.Name, limit.Token));

            foreach (var (door, member) in doors.Zip(members))
                await member.SendAsync($"{room}-{door.Name}", "Are you there?");

            await Task.WhenAll(doors.Zip(members, (door, member) => HearAllAsync(member, door, doors.Length, limit.Token)));
        }
        finally
        {
            foreach (var member in members)
                member.Dispose();
        }
    }

    private static async Task HearAllAsync(Member member, Unit door, int all, CancellationToken cancellationToken)
    {
        var heard = new HashSet<string>();
        var acknowledged = false;
        try
        {
            while (!acknowledged || heard.Count < all)
            {
                using var frame = await member.NextAsync(cancellationToken);
                switch (Member.TypeOf(frame))
                {
                    case "ack":
                        acknowledged = true;
                        break;
                    case "message":
                        heard.Add(frame.RootElement.GetProperty("id").GetString()!);
                        break;
                    case "error":
                        throw new IOException($"'{door.Name}' answered {frame.RootElement.GetRawText()}");
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new IOException($"at '{door.Name}' {heard.Count} of {all} messages came, and its own was {(acknowledged ? "" : "not ")}acknowledged.", e);
        }
    }
}
