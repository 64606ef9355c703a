using LocalAspire.Dashboard.Charts;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Metrics;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard.Charts;

public sealed class ChartBuilderTests
{
    private const long Second = 1_000_000_000;
    private static readonly Timestamp Now = new(1_000_000 * Second);

    private static readonly ChartQuery OneMinute = new() { Window = ChartWindow.Of(1) };

    [Fact]
    public void A_counter_is_drawn_as_a_steady_rate_however_its_reports_fall_into_the_steps()
    {
        // Ten a second, reported each 1.3 s.
        var points = Enumerable.Range(0, 50).Select(i => Point(Now.UnixNanoseconds - 64 * Second + (long)(i * 1.3 * Second), i * 13)).ToArray();

        var line = Build(InstrumentKind.Counter, [Series(Chat1, points)]).Lines.Single();

        var known = line.Values.OfType<double>().ToArray();
        Assert.InRange(known.Length, 50, 61);
        Assert.All(known, rate => Assert.Equal(10, rate, 6));
    }

    [Fact]
    public void Amounts_of_all_series_are_added_and_a_process_that_is_silent_counts_no_more()
    {
        var alive = Series(Chat1, [Point(Now.UnixNanoseconds - 50 * Second, 7), Point(Now.UnixNanoseconds - Second, 7)]);
        var gone = Series(Chat2, [Point(Now.UnixNanoseconds - 140 * Second, 5)]);

        var line = Build(InstrumentKind.UpDownCounter, [alive, gone]).Lines.Single();

        Assert.Equal(7, line.Values[^1]);
        Assert.Equal(5, line.Values[0]);
    }

    [Fact]
    public void Amounts_that_add_up_to_more_than_a_number_can_hold_are_left_out()
    {
        var half = Series(Chat1, [Point(Now.UnixNanoseconds - 30 * Second, double.MaxValue)]);

        var values = Build(InstrumentKind.UpDownCounter, [half, half]).Lines.Single().Values;

        Assert.All(values, Assert.Null);
    }

    [Fact]
    public void Split_by_resource_each_instance_has_its_line_and_its_colour()
    {
        var frame = Build(InstrumentKind.Gauge, [Series(Chat2, [Point(Now.UnixNanoseconds - Second, 2)]), Series(Chat1, [Point(Now.UnixNanoseconds - Second, 1)])],
            OneMinute with { SplitBy = ChartQuery.ByResource });

        Assert.Equal([("chat-1", "chat-1"), ("chat-2", "chat-2")], frame.Lines.Select(line => (line.Label, line.ColorName!)));
        Assert.Equal([1d, 2d], frame.Lines.Select(line => line.Values[^1]!.Value));
    }

    [Fact]
    public void A_dimension_filter_leaves_the_others_out()
    {
        SeriesSnapshot[] series = [Series(Chat1, [Point(Now.UnixNanoseconds - Second, 3)], ("gen", "0")), Series(Chat1, [Point(Now.UnixNanoseconds - Second, 4)], ("gen", "1"))];
        var query = OneMinute with { Dimensions = new Dictionary<string, IReadOnlySet<string>> { ["gen"] = new HashSet<string> { "1" } } };

        Assert.Equal(4, Build(InstrumentKind.Gauge, series, query).Lines.Single().Values[^1]);
    }

    [Fact]
    public void Percentiles_are_of_what_was_measured_lately_over_all_instances_together()
    {
        var slow = Series(Chat1, [Measured(-30, 0, 0), Measured(-2, 0, 10)]);
        var quick = Series(Chat2, [Measured(-30, 50, 0), Measured(-2, 140, 0)]);

        var frame = Build(InstrumentKind.Histogram, [slow, quick]);

        Assert.Equal(["P50", "P90", "P99"], frame.Lines.Select(line => line.Label));
        Assert.InRange(frame.Lines[0].Values[^1]!.Value, 0, 10);
        Assert.InRange(frame.Lines[2].Values[^1]!.Value, 10, 20);
        Assert.Null(frame.Lines[0].Values[^15]);
    }

    [Fact]
    public void Of_each_stretch_of_time_the_highest_exemplar_is_shown()
    {
        var exemplars = Enumerable.Range(0, 1000).Select(i => new MetricExemplar(new Timestamp(Now.UnixNanoseconds - Second - i), i, new TraceId(1, (ulong)i), default)).ToArray();

        var shown = Build(InstrumentKind.Histogram, [Series(Chat1, [Measured(-2, 1, 0)]) with { Exemplars = exemplars }]).Exemplars;

        Assert.InRange(shown.Count, 1, 2);
        Assert.Equal(999, shown.Max(exemplar => exemplar.Value));
    }

    private static ChartFrame Build(InstrumentKind kind, SeriesSnapshot[] series, ChartQuery? query = null) =>
        ChartBuilder.Build(new InstrumentInfo(new InstrumentKey("Tests", "it"), kind, "", ""), series, query ?? OneMinute, Now);

    private static SeriesSnapshot Series(TelemetryResource resource, MetricPoint[] points, params (string Key, string Value)[] attributes) =>
        new(resource, Attributes(attributes), points, []);

    private static MetricPoint Point(long time, double value) => new(new Timestamp(time), value);

    private static MetricPoint Measured(int second, ulong upTo10, ulong upTo20) => new(new Timestamp(Now.UnixNanoseconds + second * Second), upTo10 + upTo20,
        new ExplicitDistribution { Bounds = [10, 20], Counts = [upTo10, upTo20, 0], Count = upTo10 + upTo20, Sum = 0 });
}
