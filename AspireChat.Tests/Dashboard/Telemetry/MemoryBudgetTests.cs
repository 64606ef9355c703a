using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Metrics;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard.Telemetry;

/// <summary>
/// However many senders there are and whatever each of them may: all together stay within one bound, and a flood pushes out its
/// own past. Memory is measured of the whole process, so nothing else may run in it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class MemoryBudgetTests
{
    private const int MaxBytes = 8 << 20;
    private const int Senders = 100;

    private static readonly TelemetryResource Quiet = Resource("quiet", Senders);
    private static readonly TelemetryResource[] Flood = [.. Enumerable.Range(0, Senders).Select(i => Resource($"flood-{i}", i))];
    private static readonly InstrumentInfo Counter = new(new InstrumentKey("Tests", "messages"), InstrumentKind.Counter, "", "");
    private static readonly InstrumentInfo Latency = new(new InstrumentKey("Tests", "latency"), InstrumentKind.Histogram, "ms", "");

    private static readonly double[] Bounds = [.. Enumerable.Range(0, 511).Select(i => (double)i)];

    private readonly MetricStore _metrics = new(new TelemetryLimits { MaxBytes = MaxBytes }, TimeProvider.System);

    [Fact]
    public void A_flood_of_wide_histograms_by_many_senders_stays_within_the_budget_and_leaves_everybody_the_newest()
    {
        const int Points = 40_000;
        const int QuietPoints = 50;
        const long HeapAllowed = 20L * MaxBytes;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < Points; i++)
        {
            if (i < QuietPoints) _metrics.Add(Quiet, Counter, [Measure(i, i)]);
            _metrics.Add(Flood[i % Senders], Latency, [Measure(i, 0) with { Distribution = Wide(i) }]);
            Assert.InRange(_metrics.Weight, 1, MaxBytes);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{_metrics.Weight:N0} bytes by its own count, the heap grew by {grown:N0}; {_metrics.Dropped:N0} of {Points:N0} points dropped.");
        Assert.InRange(grown, long.MinValue, HeapAllowed);
        Assert.Equal(Enumerable.Range(0, QuietPoints).Select(i => (double)i), PointsOf(Quiet, Counter).Select(point => point.Time.UnixNanoseconds - 1.0));
        Assert.All(Flood, (sender, i) => Assert.Equal(Points - Senders + i + 1, PointsOf(sender, Latency)[^1].Time.UnixNanoseconds));
        Assert.Equal(Points, _metrics.Dropped + Flood.Sum(_metrics.CountPoints));
    }

    [Fact]
    public void A_flood_of_series_with_long_attributes_stays_within_the_budget_though_each_has_one_point()
    {
        _metrics.Add(Quiet, Counter, [Measure(1, 1)]);
        for (var i = 0; i < 10_000; i++)
        {
            _metrics.Add(Flood[i % Senders], Counter, [Measure(i, i) with { Attributes = Attributes(("text", new string('x', 1_000) + i)) }]);
            Assert.InRange(_metrics.Weight, 1, MaxBytes);
        }

        Assert.Single(PointsOf(Quiet, Counter));
        Assert.Equal(10_000, _metrics.Dropped + Flood.Sum(_metrics.CountPoints));
        Assert.All(Flood, sender => Assert.True(_metrics.CountPoints(sender) > 0, $"Nothing is left of '{sender.Name}'."));
    }

    [Fact]
    public void A_flood_of_instruments_with_long_descriptions_stays_within_the_budget()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _metrics.Add(Flood[i % 4], new InstrumentInfo(new InstrumentKey("Tests", $"i{i}"), InstrumentKind.Gauge, "", new string('x', 10_000)), [Measure(i, i)]);
            Assert.InRange(_metrics.Weight, 1, MaxBytes);
        }

        Assert.Contains(_metrics.ReadInstruments(Flood), info => info.Key.Name == "i1999");
        Assert.InRange(_metrics.Dropped, 1_000, 2_000);
    }

    [Fact]
    public void What_is_counted_is_what_is_kept_whatever_comes_and_goes()
    {
        var metrics = new ResourceMetrics(new TelemetryLimits { MaxMetricsCount = 500 });
        var random = new Random(1);

        for (var i = 0; i < 5_000; i++)
        {
            var measurement = Measure(i * 1_000_000_000L, random.Next(3), start: random.Next(i + 1)) with
            {
                Attributes = Attributes(("a", $"{random.Next(10)}")),
                Distribution = random.Next(2) == 0 ? Wide(random.Next(3), buckets: random.Next(1, 40)) : null,
                IsDelta = random.Next(2) == 0,
                Exemplars = [new MetricExemplar(new Timestamp(i), 1, new TraceId(0, 1), new SpanId(1))],
            };
            Assert.True(metrics.Add(measurement.Distribution is null ? Counter : Latency, measurement));
            if (random.Next(100) == 0) Assert.True(metrics.GiveUp(random.Next(100_000)) > 0);
            if (i % 20 != 0) continue;

            var series = metrics.Instruments.SelectMany(instrument => instrument.Series).ToList();
            var instruments = metrics.Instruments.Sum(instrument => (long)instrument.Info.Weight);
            Assert.Equal(new MetricSize(series.Sum(one => one.Points.Count), instruments + series.Sum(one => one.Size.Bytes)), metrics.Size);
            Assert.All(series, one => Assert.InRange(one.Size.Bytes - one.Points.Sum(point => (long)point.Weight), 1, 20_000));
        }

        Assert.InRange(metrics.Size.Points, 1, 500);
        metrics.GiveUp(metrics.Weight);
        Assert.Equal(default, metrics.Size);
    }

    [Fact]
    public void A_flood_of_long_log_entries_by_many_senders_stays_within_the_budget_and_leaves_everybody_the_newest()
    {
        const int Entries = 5_000;
        var logs = new LogStore(new TelemetryLimits { MaxBytes = MaxBytes }, TimeProvider.System);
        logs.Add([Entry(Quiet, "a word")]);

        for (var i = 0; i < Entries; i++)
        {
            logs.Add([Entry(Flood[i % Senders], new string('x', 10_000) + i)]);
            Assert.InRange(logs.Weight, 1, MaxBytes);
        }

        Assert.Equal("a word", logs.Read([Quiet]).Single().Message);
        Assert.All(Flood, (sender, i) => Assert.EndsWith($"x{Entries - Senders + i}", logs.Read([sender]).MaxBy(entry => entry.Number)!.Message, StringComparison.Ordinal));
        Assert.Equal(Entries + 1, logs.Dropped + logs.Read().Length);

        logs.Clear();
        Assert.Equal(0, logs.Weight);
    }

    [Fact]
    public void A_sender_that_says_more_of_itself_than_its_share_is_known_by_its_name_alone()
    {
        var resources = new TelemetryResources(new TelemetryLimits { MaxBytes = 1 << 20, MaxResourceCount = 10 });

        Assert.Empty(resources.GetOrAdd("long", "", () => Attributes(("text", new string('x', 100_000))))!.Attributes);
        Assert.Single(resources.GetOrAdd("short", "", () => Attributes(("text", new string('x', 10_000))))!.Attributes);
    }

    private static MetricMeasurement Measure(long time, double value, long start = 0) => new()
    {
        Attributes = AttributeSet.Empty,
        Start = new Timestamp(start),
        Time = new Timestamp(time + 1),
        Value = value,
        Exemplars = [],
    };

    private static ExplicitDistribution Wide(int count, int buckets = 512) => new()
    {
        Bounds = Bounds[..(buckets - 1)],
        Counts = new ulong[buckets],
        Count = count + 1,
        Sum = 0,
    };

    private static LogEntry Entry(TelemetryResource resource, string message) => new()
    {
        Resource = resource,
        Scope = InstrumentationScope.Unknown,
        Time = new Timestamp(1),
        Body = AttributeValue.Text(message),
        Message = message,
    };

    private MetricPoint[] PointsOf(TelemetryResource sender, InstrumentInfo instrument) => _metrics.ReadSeries([sender], instrument.Key, default).Single().Points;
}
