using System.Globalization;
using Google.Protobuf;
using LocalAspire.Dashboard.Components.Pages.Traces;
using LocalAspire.Dashboard.Filters;
using LocalAspire.Dashboard.Otlp;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace AspireChat.Tests.Dashboard;

/// <summary>What taking in spans costs, counted in time of one core, so that a busy machine makes no difference.</summary>
public sealed class IngestRateTests
{
    private const int SpansPerRequest = 500;
    private const int Requests = 200;

    /// <summary>What the dashboard is to take in on one core; asserted at a quarter, as time bounds are.</summary>
    private const int SpansPerSecond = 20_000;

    [Fact]
    public async Task Twenty_thousand_spans_a_second_take_less_than_a_core_and_leave_the_trace_list_quick()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counts a thread's time as Linux tells it.");
        await using var dashboard = await RunningDashboard.StartAsync();
        SampleStore.Fill(dashboard, messages: 10_500);
        var requests = Batches().Take(Requests).Select(request => request.ToByteArray()).ToList();
        var ingest = dashboard.Service<TraceIngest>();

        var taking = CostOf(() => requests.ForEach(body => ingest.Take(ExportTraceServiceRequest.Parser.ParseFrom(body))));
        var reading = CostOf(() =>
        {
            var all = dashboard.Telemetry.Traces.Read();
            _ = (new TraceQuery().Run(all), MessageReach.Of(all));
        });

        var perSecond = SpansPerRequest * Requests / taking.TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perSecond:N0} spans per second of one core; the list of 10,000 traces is read in {reading.TotalMilliseconds:0} ms of one.");
        Assert.True(perSecond > SpansPerSecond / 4.0, $"Only {perSecond:N0} spans per second of one core.");
        Assert.True(reading < TimeSpan.FromMilliseconds(400), $"Reading the list took {reading.TotalMilliseconds:0} ms of a core.");
    }

    /// <summary>As three busy instances send them.</summary>
    private static IEnumerable<ExportTraceServiceRequest> Batches()
    {
        var sample = new SampleTelemetry(seed: 2);
        var at = TimeProvider.System.GetUtcNow();
        var batch = new ExportTraceServiceRequest();
        var spans = 0;
        while (true)
        {
            foreach (var request in sample.Message(at = at.AddMilliseconds(1)))
            {
                batch.ResourceSpans.AddRange(request.ResourceSpans);
                spans += request.ResourceSpans.Sum(one => one.ScopeSpans.Sum(scope => scope.Spans.Count));
            }

            if (spans < SpansPerRequest) continue;
            yield return batch;
            (batch, spans) = (new ExportTraceServiceRequest(), 0);
        }
    }

    /// <summary>The time that this thread was on a core.</summary>
    private static TimeSpan CostOf(Action act)
    {
        var before = OnCore();
        act();
        return OnCore() - before;
    }

    private static TimeSpan OnCore() =>
        TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0);
}
