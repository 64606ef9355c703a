using System.Diagnostics;
using AspireChat.LoadTest.Load.Measuring;
using AspireChat.LoadTest.Load.Progress;
using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>The course of a step, as it is shown and kept.</summary>
internal sealed class Timeline(Meter meter, Fleet fleet, ILoadView view, StepPlan plan, long runBegan)
{
    private static readonly TimeSpan Due = TimeSpan.FromMilliseconds(500);

    /// <summary>In less, a single message more or less makes a peak.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    private readonly List<TimelinePoint> _points = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private long _sent = meter[Count.Sent];
    private long _delivered = meter[Count.Delivered];

    public IReadOnlyList<TimelinePoint> Points => _points;

    public void TickIfDue()
    {
        if (Stopwatch.GetElapsedTime(_last) >= Due)
            Tick();
    }

    public void Tick()
    {
        var now = Stopwatch.GetTimestamp();
        var seconds = Math.Max(Stopwatch.GetElapsedTime(_last, now).TotalSeconds, 0.001);
        var latency = meter.Tick();
        var (sent, delivered) = (meter[Count.Sent], meter[Count.Delivered]);
        if (_points.Count > 0 && Stopwatch.GetElapsedTime(_last, now) < Shortest)
            return;

        var deliveredRate = (delivered - _delivered) / seconds;
        _points.Add(new TimelinePoint(
            Stopwatch.GetElapsedTime(runBegan, now).TotalSeconds,
            (sent - _sent) / seconds,
            deliveredRate,
            latency.Count > 0 ? latency.P50 : null,
            latency.Count > 0 ? latency.P99 : null,
            fleet.Ready));
        (_last, _sent, _delivered) = (now, sent, delivered);

        view.Tick(new LiveFigures
        {
            Step = plan.Name,
            Elapsed = Stopwatch.GetElapsedTime(_began, now),
            Duration = plan.Duration,
            Connections = fleet.Ready,
            Sent = sent,
            Delivered = delivered,
            DeliveredPerSecond = deliveredRate,
            Latency = latency,
            Repeated = meter[Count.Repeated],
            OutOfOrder = meter[Count.OutOfOrder],
            Closed = meter.Closes.Values.Sum(),
            Errors = meter.Errors.Values.Sum(),
        });
    }
}
