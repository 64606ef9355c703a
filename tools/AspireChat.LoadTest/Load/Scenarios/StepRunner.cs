using System.Diagnostics;
using AspireChat.LoadTest.Load.Measuring;
using AspireChat.LoadTest.Load.Progress;
using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>Puts one step of load on a fleet, waits until all of it has come, and counts.</summary>
internal sealed class StepRunner(Fleet fleet, Meter meter, Thresholds thresholds, ILoadView view, TimeSpan settle, long runBegan)
{
    private const double DropAfter = 0.2;
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Without any delivery for so long, nothing more will come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whoever ends a run does not want to wait for its last messages.</summary>
    private static readonly TimeSpan InterruptedSettle = TimeSpan.FromSeconds(1);

    /// <param name="plan">The step.</param>
    /// <param name="stop">Ends it early; what it came to until then is reported.</param>
    public async Task<StepReport> RunAsync(StepPlan plan, CancellationToken stop)
    {
        if (!plan.GoesOn)
            meter.Restart();

        view.Begin(plan.Name, plan.Duration);
        var before = fleet.Rooms.Select(room => room.Feeds.Sum(feed => (long)feed.AcknowledgedCount)).ToArray();
        var timeline = new Timeline(meter, fleet, view, plan, runBegan);
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();

        var pacer = new Pacer(fleet);
        var dropping = DropAsync(plan, stop);
        var pacing = plan.Rate > 0 ? pacer.RunAsync(plan.Rate, plan.Duration, stop) : RestAsync(plan.Duration, stop);
        while (await Task.WhenAny(pacing, Task.Delay(TickInterval, CancellationToken.None)) != pacing)
            timeline.Tick();

        var due = await pacing;
        var dropped = await dropping;
        var lastDelivery = await SettleAsync(before, timeline, stop);
        var elapsed = Stopwatch.GetElapsedTime(began);

        // Before the last look at what came, so that nothing counts as both.
        var lost = fleet.Receivers.Sum(receiver => receiver.GiveUp());
        timeline.Tick();

        var step = Report(plan, before, timeline.Points) with
        {
            Due = due,
            Lost = lost,
            Seconds = Stopwatch.GetElapsedTime(began, lastDelivery).TotalSeconds,
            DeliveriesPerSecond = meter[Count.Delivered] / Math.Max(Stopwatch.GetElapsedTime(began, lastDelivery).TotalSeconds, 0.001),
            Dropped = dropped,
            WorstLag = pacer.WorstLag,
            GeneratorCores = (Environment.CpuUsage.TotalTime - cpu) / elapsed,
        };
        step = step with { Problems = thresholds.Judge(step) };
        view.End(step);
        return step;
    }

    private static async Task<long> RestAsync(TimeSpan duration, CancellationToken stop)
    {
        await Task.Delay(duration, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private async Task<int> DropAsync(StepPlan plan, CancellationToken stop)
    {
        if (plan.Drop == 0)
            return 0;

        await Task.Delay(plan.Duration * DropAfter, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsCancellationRequested)
            return 0;

        // Spread over rooms and instances, whatever the share.
        var all = fleet.Receivers;
        var victims = Enumerable.Range(0, all.Count).Where(i => (int)((i + 1) * plan.Drop) > (int)(i * plan.Drop)).Select(i => all[i]).ToList();
        foreach (var victim in victims)
            victim.Drop();

        return victims.Count;
    }

    /// <returns>When the last delivery was seen.</returns>
    private async Task<long> SettleAsync(long[] before, Timeline timeline, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var (last, lastAt) = (-1L, began);
        while (true)
        {
            meter.Gather();
            var seen = meter[Count.Delivered] + meter[Count.Acknowledged] + meter[Count.Reconnect];
            if (seen != last)
                (last, lastAt) = (seen, last < 0 ? lastAt : Stopwatch.GetTimestamp());

            if (IsSettled(before) || Stopwatch.GetElapsedTime(lastAt) > Patience || Stopwatch.GetElapsedTime(began) > (stop.IsCancellationRequested ? InterruptedSettle : settle))
                return lastAt;

            timeline.TickIfDue();
            await Task.Delay(Poll, CancellationToken.None);
        }
    }

    private bool IsSettled(long[] before) =>
        meter[Count.Acknowledged] + meter.Errors.Values.Sum() >= meter[Count.Sent]
        && meter[Count.Delivered] >= Expected(before)
        && fleet.Receivers.All(receiver => receiver.IsComplete && (receiver.IsReady || receiver.Failure is not null));

    private long Expected(long[] before) =>
        fleet.Rooms.Sum(room => (room.Feeds.Sum(feed => (long)feed.AcknowledgedCount) - before[room.Number]) * room.Receivers);

    private StepReport Report(StepPlan plan, long[] before, IReadOnlyList<TimelinePoint> timeline) => new()
    {
        Name = plan.Name,
        Rate = plan.Rate,
        IsCheck = plan.IsCheck,
        Receivers = fleet.Receivers.Count,
        Rooms = fleet.Rooms.Count,
        Publishers = fleet.Publishers.Count,
        Sent = meter[Count.Sent],
        Acknowledged = meter[Count.Acknowledged],
        Expected = Expected(before),
        Delivered = meter[Count.Delivered],
        Repeated = meter[Count.Repeated],
        OutOfOrder = meter[Count.OutOfOrder],
        Late = meter[Count.Late],
        Corrupt = meter[Count.Corrupt] + meter[Count.Stray],
        Latency = Percentiles.Of(meter.Latency),
        Acknowledgement = Percentiles.Of(meter.Acknowledgement),
        Return = Percentiles.Of(meter.Return),
        Reconnects = meter[Count.Reconnect],
        Recovered = meter[Count.Recovered],
        NotRecovered = meter[Count.NotRecovered],
        Resyncs = meter[Count.Resync],
        Away = fleet.Count - fleet.Ready,
        Closes = meter.Closes.ToDictionary(close => $"{close.Key}", close => close.Value),
        Errors = meter.Errors.ToDictionary(),
        Timeline = timeline,
        Curve = Percentiles.CurveOf(meter.Latency),
    };
}
