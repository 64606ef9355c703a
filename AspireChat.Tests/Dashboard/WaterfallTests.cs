using LocalAspire.Dashboard.Components.Pages.Traces;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Traces;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard;

public sealed class WaterfallTests
{
    [Fact]
    public void Children_follow_their_parent_in_time_order_and_logs_stand_between_them()
    {
        var waterfall = Of([Span(1, 3, parent: 1, name: "late", start: 20), Span(1, 1, name: "root"), Span(1, 2, parent: 1, name: "early", start: 5)], Log(1, 1, 10, "between"));

        Assert.Equal(["0 root", "1 early", "1 between", "1 late"], Lines(waterfall.Rows));
        Assert.Equal(2, waterfall.Depth);
    }

    [Fact]
    public void A_span_whose_parent_is_not_here_stands_at_the_root()
    {
        Assert.Equal(["0 root", "0 orphan"], Lines(Of([Span(1, 9, parent: 7, name: "orphan", start: 3), Span(1, 1, name: "root")]).Rows));
    }

    [Fact]
    public void Spans_that_name_each_other_as_parents_are_all_shown_once()
    {
        Assert.Equal(["0 a", "1 b", "2 c"], Lines(Of([Span(1, 1, parent: 3, name: "a"), Span(1, 2, parent: 1, name: "b"), Span(1, 3, parent: 2, name: "c")]).Rows));
        Assert.Equal(["0 self"], Lines(Of([Span(1, 1, parent: 1, name: "self")]).Rows));
    }

    [Fact]
    public void A_trace_as_deep_as_it_has_spans_is_no_burden()
    {
        var spans = Enumerable.Range(1, 5_000).Select(id => Span(1, (ulong)id, parent: (ulong)id - 1)).ToArray();

        Assert.Equal(5_000, Of(spans).Depth);
    }

    [Fact]
    public void Folding_hides_what_lies_below()
    {
        var waterfall = Of([Span(1, 1, name: "root"), Span(1, 2, parent: 1, name: "child", start: 1), Span(1, 3, parent: 2, name: "grandchild", start: 2), Span(1, 4, parent: 1, name: "sibling", start: 3)]);

        Assert.Equal(["0 root", "1 child", "1 sibling"], Lines(waterfall.Visible(new HashSet<SpanId> { new(2) })));
    }

    [Fact]
    public void A_message_tells_for_each_instance_when_it_came_and_to_how_many()
    {
        var trace = TraceSummary.Of(new TraceId(0, 1), new[]
        {
            Span(1, 1, name: "receive x"), Span(1, 2, parent: 1, name: "deliver x", start: 1_500, attributes: Attributes(("chat.receivers", "7"))),
        }, 0);

        Assert.Equal("after 1.5 µs to 7", MessageArrival.At("chat-1", trace).Text);
        Assert.Equal("never came", MessageArrival.At("chat-2", trace).Text);
    }

    private static Waterfall Of(Span[] spans, params LogEntry[] logs) => new(TraceSummary.Of(new TraceId(0, 1), spans, 0), logs);

    private static IEnumerable<string> Lines(IEnumerable<WaterfallRow> rows) => rows.Select(row => $"{row.Depth} {row.Log?.Message ?? row.Span!.Name}");

    private static LogEntry Log(ulong trace, ulong span, long time, string message) => new()
    {
        Resource = Chat1,
        Scope = InstrumentationScope.Unknown,
        Time = new Timestamp(time),
        Body = AttributeValue.Text(message),
        Message = message,
        TraceId = new TraceId(0, trace),
        SpanId = new SpanId(span),
    };
}
