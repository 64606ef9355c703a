using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Traces;
using static AspireChat.Tests.Dashboard.Telemetry.TestSpans;

namespace AspireChat.Tests.Dashboard.Telemetry;

public sealed class TraceStoreTests
{
    [Fact]
    public void The_oldest_trace_gives_way_to_a_new_one()
    {
        var store = Store(new TelemetryLimits { MaxTraceCount = 3 });

        for (var trace = 1ul; trace <= 5; trace++) store.Add([Span(trace, 1)]);

        Assert.Equal([3ul, 4ul, 5ul], store.Read().Select(trace => trace.Id.Low));
        Assert.Null(store.Find(new TraceId(0, 1)));
    }

    [Fact]
    public void A_span_that_is_sent_twice_is_kept_once()
    {
        var store = Store();

        for (var i = 0; i < 2; i++) store.Add([.. Enumerable.Range(1, 50).Select(id => Span(1, (ulong)id))]);

        Assert.Equal(50, store.Read().Single().Spans.Length);
    }

    [Fact]
    public void A_trace_keeps_no_more_spans_than_it_may_and_says_how_many_it_dropped()
    {
        var store = Store(new TelemetryLimits { MaxSpansPerTrace = 10 });

        store.Add([.. Enumerable.Range(1, 15).Select(id => Span(1, (ulong)id))]);

        var trace = store.Read().Single();
        Assert.Equal(10, trace.Spans.Length);
        Assert.Equal(5, trace.Dropped);
    }

    [Fact]
    public void Heavy_traces_give_way_before_their_number_is_reached()
    {
        var store = Store(new TelemetryLimits { MaxBytes = 1 << 20 });
        var heavy = Attributes(("text", new string('x', 100_000)));

        for (var trace = 1ul; trace <= 20; trace++) store.Add([Span(trace, 1, attributes: heavy)]);

        Assert.Equal(5, store.Read().Length);
        Assert.Equal(20ul, store.Read()[^1].Id.Low);
    }

    [Fact]
    public void Heavy_spans_of_one_trace_are_dropped_before_their_number_is_reached()
    {
        var store = Store(new TelemetryLimits { MaxBytes = 1 << 20 });

        for (var span = 1ul; span <= 20; span++) store.Add([Span(1, span, attributes: Attributes((new string('k', 100_000), "by its key")))]);

        var trace = store.Read().Single();
        Assert.Equal((5, 15), (trace.Spans.Length, trace.Dropped));
        Assert.InRange(store.Weight, 1, 1 << 20);
    }

    [Fact]
    public void A_span_too_heavy_for_any_trace_is_still_a_trace()
    {
        var store = Store(new TelemetryLimits { MaxBytes = 1 << 20 });

        store.Add([Span(1, 1, name: new string('x', 1 << 20)), Span(1, 2, parent: 1)]);

        Assert.Equal((1, 1), (store.Read().Single().Spans.Length, store.Read().Single().Dropped));
    }

    [Fact]
    public void A_view_that_was_taken_does_not_change_with_what_comes_after()
    {
        var store = Store();
        store.Add([Span(1, 1)]);
        var before = store.Read().Single();

        store.Add([.. Enumerable.Range(2, 100).Select(id => Span(1, (ulong)id, parent: 1))]);

        Assert.Equal(1, before.Spans.Length);
        Assert.Equal(101, store.Read().Single().Spans.Length);
    }

    [Fact]
    public void A_message_reaches_as_many_instances_as_have_a_deliver_span()
    {
        var store = Store();

        store.Add(
        [
            Span(1, 1, name: "receive chat:room:{room}"),
            Span(1, 2, parent: 1, name: "publish chat:room:{room}", start: 2),
            Span(1, 3, parent: 2, name: "deliver chat:room:{room}", start: 4),
            Span(1, 4, parent: 2, name: "deliver chat:room:{room}", start: 5, resource: Chat2),
            Span(2, 1, name: "receive chat:room:{room}"),
            Span(2, 2, parent: 1, name: "deliver chat:room:{room}"),
            Span(3, 1, name: "delivery of goods"),
        ]);

        Assert.Equal([2, 1, 0], store.Read().Select(trace => trace.Reach));
        Assert.Equal([true, true, false], store.Read().Select(trace => trace.IsMessage));
        Assert.Equal([new ResourceSpanCount(Chat1, 3, 0, 1, 1), new ResourceSpanCount(Chat2, 1, 0, 0, 1)], store.Read()[0].Resources);
    }

    [Fact]
    public void The_root_is_the_span_without_a_parent_even_when_it_comes_last()
    {
        var store = Store();

        store.Add([Span(1, 2, parent: 1, name: "child", start: 1)]);
        Assert.Equal("child", store.Read().Single().Root.Name);

        store.Add([Span(1, 1, name: "root", start: 5)]);
        Assert.Equal("root", store.Read().Single().Root.Name);
    }

    private static TraceStore Store(TelemetryLimits? limits = null) => new(limits ?? new TelemetryLimits(), TimeProvider.System);
}
