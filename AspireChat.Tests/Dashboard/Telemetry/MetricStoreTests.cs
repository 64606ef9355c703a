using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Metrics;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard.Telemetry;

public sealed class MetricStoreTests
{
    private const long Second = 1_000_000_000;

    private static readonly InstrumentInfo Counter = new(new InstrumentKey("Tests", "messages"), InstrumentKind.Counter, "", "");
    private static readonly InstrumentInfo UpDown = new(new InstrumentKey("Tests", "connections"), InstrumentKind.UpDownCounter, "", "");

    [Fact]
    public void Differences_that_are_sent_add_up_to_a_total()
    {
        var store = Store();

        foreach (var (time, value) in new[] { (100, 5), (101, 3), (102, 0), (103, 7) })
            Add(store, Counter, Measure(time, value, start: time - 1) with { IsDelta = true });

        Assert.Equal([0d, 5, 8, 8, 15], Points(store, Counter).Select(point => point.Value));
    }

    [Fact]
    public void A_restart_of_the_sender_does_not_take_away_what_it_counted_before()
    {
        var store = Store();

        Add(store, Counter, Measure(1000, 40, start: 10));
        Add(store, Counter, Measure(1001, 50, start: 10));
        Add(store, Counter, Measure(1003, 2, start: 1002));
        Add(store, Counter, Measure(1004, 60, start: 1002));

        Assert.Equal([40d, 50, 52, 110], Points(store, Counter).Select(point => point.Value));
    }

    [Fact]
    public void An_amount_that_goes_down_is_no_restart()
    {
        var store = Store();

        foreach (var (time, value) in new[] { (1000, 40), (1001, 10), (1002, 30) }) Add(store, UpDown, Measure(time, value, start: 10));

        Assert.Equal([40d, 10, 30], Points(store, UpDown).Select(point => point.Value));
    }

    [Fact]
    public void A_value_that_stays_costs_two_points_however_long()
    {
        var store = Store();

        for (var second = 1000; second < 2000; second++) Add(store, UpDown, Measure(second, 7, start: 10));

        Assert.Equal([1000d, 1999], Points(store, UpDown).Select(point => point.Time.Seconds));
    }

    [Fact]
    public void Of_all_instruments_together_no_more_points_are_kept_than_allowed_and_the_newest_stay()
    {
        var store = Store(new TelemetryLimits { MaxMetricsCount = 2_000 });

        for (var second = 1; second <= 5_000; second++)
        {
            Add(store, Counter, Measure(second, second));
            Add(store, UpDown, Measure(second, second % 17));
            Assert.InRange(store.CountPoints(Chat1), 1, 2_000);
        }

        Assert.Equal(5_000, Points(store, Counter)[^1].Time.Seconds);
        Assert.Equal(5_000, Points(store, UpDown)[^1].Time.Seconds);
    }

    [Fact]
    public void The_past_grows_coarser_before_it_goes()
    {
        var store = Store(new TelemetryLimits { MaxMetricsCount = 2_000 });

        for (var second = 1; second <= 12 * 3600; second += 5) Add(store, Counter, Measure(second, second));

        var points = Points(store, Counter);
        Assert.True(points[0].Time.Seconds < 3600, $"The first point is of second {points[0].Time.Seconds}.");
        Assert.All(points, point => Assert.Equal(point.Time.Seconds, point.Value));
    }

    [Fact]
    public void Too_many_combinations_of_attributes_are_refused_and_counted()
    {
        var store = Store(new TelemetryLimits { MaxSeriesPerInstrument = 3 });
        MetricMeasurement[] measurements = [.. Enumerable.Range(0, 5).Select(i => Measure(1, 1) with { Attributes = Attributes(("user", $"u{i}")) })];

        Assert.Equal(2, store.Add(Chat1, Counter, measurements));
        Assert.Equal(3, store.ReadSeries([Chat1], Counter.Key, default).Count);
    }

    [Fact]
    public void As_many_series_as_there_may_be_points_still_leave_room()
    {
        var store = Store(new TelemetryLimits { MaxMetricsCount = 500, MaxSeriesPerInstrument = 100 });

        for (var i = 0; i < 20; i++)
        {
            var instrument = new InstrumentInfo(new InstrumentKey("Tests", $"i{i}"), InstrumentKind.Gauge, "", "");
            store.Add(Chat1, instrument, [.. Enumerable.Range(0, 100).Select(series => Measure(i + 1, series) with { Attributes = Attributes(("s", $"{series}")) })]);
            Assert.InRange(store.CountPoints(Chat1), 1, 500);
        }

        Assert.NotEmpty(store.ReadSeries([Chat1], new InstrumentKey("Tests", "i19"), default));
    }

    private static MetricStore Store(TelemetryLimits? limits = null) => new(limits ?? new TelemetryLimits(), TimeProvider.System);

    private static MetricMeasurement Measure(long second, double value, long start = 0) => new()
    {
        Attributes = AttributeSet.Empty,
        Start = new Timestamp(start * Second),
        Time = new Timestamp(second * Second),
        Value = value,
        Exemplars = [],
    };

    private static void Add(MetricStore store, InstrumentInfo instrument, MetricMeasurement measurement) => store.Add(Chat1, instrument, [measurement]);

    private static MetricPoint[] Points(MetricStore store, InstrumentInfo instrument) => store.ReadSeries([Chat1], instrument.Key, default).Single().Points;
}
