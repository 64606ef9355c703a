using System.Diagnostics;

namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>
/// Publishes at a rate, over rooms and their publishers in turn. The schedule is open: a message goes when its time has come, whether or not the server has
/// taken those before, so that a slow server cannot slow its own test.
/// </summary>
internal sealed class Pacer(Fleet fleet)
{
    private long _made;

    /// <summary>The longest that a message was behind its time, in ms.</summary>
    public double WorstLag { get; private set; }

    /// <returns>How many messages were due.</returns>
    public async Task<long> RunAsync(double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        var total = (long)Math.Round(rate * duration.TotalSeconds);
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (long made = 0; made < total;)
        {
            var now = Stopwatch.GetTimestamp();
            var elapsed = Stopwatch.GetElapsedTime(began, now).TotalSeconds;
            var due = Math.Min(total, (long)(elapsed * rate) + 1);
            if (made < due)
                WorstLag = Math.Max(WorstLag, (elapsed - made / rate) * 1e3);

            for (; made < due; made++)
                Publish(Stopwatch.GetTimestamp());

            if (made < total && !await WaitAsync(timer, TimeSpan.FromSeconds(made / rate) - Stopwatch.GetElapsedTime(began), cancellationToken))
                return made;
        }

        return total;
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            // Few wake-ups at low rates; else as often as timers can.
            if (time.TotalMilliseconds > 3)
                await Task.Delay(time, cancellationToken);
            else
                await timer.WaitForNextTickAsync(cancellationToken);

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Publish(long now)
    {
        var room = (int)(_made % fleet.Rooms.Count);
        var slot = (int)(_made / fleet.Rooms.Count % fleet.Plan.PerRoom);
        _made++;
        fleet.Publishers[fleet.Plan.PublisherOf(room, slot, fleet.Rooms.Count)].Publish(fleet.Rooms[room].Feeds[slot], now);
    }
}
