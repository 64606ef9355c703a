using System.Diagnostics;
using System.Diagnostics.Metrics;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using MetricPoint = LocalAspire.Dashboard.Telemetry.Metrics.MetricPoint;

namespace AspireChat.Tests.Dashboard;

/// <summary>What .NET's own exporter sends arrives as it was.</summary>
public sealed class ReceiverTests
{
    private const string Source = "AspireChat.Tests.Receiver";

    public static TheoryData<OtlpExportProtocol> Protocols => [OtlpExportProtocol.Grpc, OtlpExportProtocol.HttpProtobuf];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Spans_arrive_with_parents_links_events_and_errors(OtlpExportProtocol protocol)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var source = new ActivitySource($"{Source}.{protocol}");
        var linked = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        ActivityTraceId trace;
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).ConfigureResource(Describe)
            .AddOtlpExporter(options => Configure(options, dashboard, protocol, "traces")).Build())
        {
            Activity.Current = null;
            using var root = source.StartActivity(ActivityKind.Server, links: [new ActivityLink(linked)], name: "receive")!;
            trace = root.TraceId;
            using var child = source.StartActivity("deliver", ActivityKind.Consumer)!;
            child.SetTag("chat.receivers", 7).SetTag("ratio", 0.5).SetTag("ok", true).SetTag("rooms", new[] { "a", "b" });
            child.AddEvent(new ActivityEvent("happened"));
            child.SetStatus(ActivityStatusCode.Error, "it failed");
        }

        var received = await Received(() => TraceId.TryParse(trace.ToHexString(), out var id) ? dashboard.Telemetry.Traces.Find(id) : null);
        var rootSpan = received.Root;
        var childSpan = received.Spans.ToArray().Single(span => span.Name == "deliver");
        Assert.Equal(("receive", LocalAspire.Dashboard.Telemetry.Traces.SpanKind.Server), (rootSpan.Name, rootSpan.Kind));
        Assert.Equal(linked.TraceId.ToHexString(), rootSpan.Links.Single().TraceId.ToString());
        Assert.Equal((rootSpan.Id, true, "it failed"), (childSpan.ParentId, childSpan.IsError, childSpan.StatusMessage));
        Assert.Equal(("7", "0.5", "true", "[a, b]"), (Tag("chat.receivers"), Tag("ratio"), Tag("ok"), Tag("rooms")));
        Assert.Equal("happened", childSpan.Events.Single().Name);
        Assert.Equal("chat-9", childSpan.Resource.Name);
        Assert.Equal("i1", childSpan.Resource.InstanceId);

        string? Tag(string key) => childSpan.Attributes.FindText(key);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Logs_arrive_with_their_values_filled_in(OtlpExportProtocol protocol)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using (var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("chat-9", serviceInstanceId: "i1"));
            options.AddOtlpExporter(exporter => Configure(exporter, dashboard, protocol, "logs"));
        })))
        {
            loggers.CreateLogger("Rooms").LogWarning("Room {Room} has {Count} members", "blue", 3);
        }

        var entry = await Received(() => dashboard.Telemetry.Logs.Read().SingleOrDefault());
        Assert.Equal(("Room blue has 3 members", LogSeverity.Warning, "Rooms"), (entry.Message, entry.Severity, entry.Scope.Name));
        Assert.Equal("blue", entry.Attributes.FindText("Room"));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Counters_gauges_and_both_kinds_of_histogram_arrive(OtlpExportProtocol protocol)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var meter = new Meter($"{Source}.{protocol}");
        using (var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).ConfigureResource(Describe)
            .AddView("exponential", new Base2ExponentialBucketHistogramConfiguration())
            .AddOtlpExporter(options => Configure(options, dashboard, protocol, "metrics")).Build())
        {
            meter.CreateCounter<long>("messages", "{message}", "All of them.").Add(5, new KeyValuePair<string, object?>("kind", "text"));
            meter.CreateUpDownCounter<int>("connections").Add(-2);
            meter.CreateGauge<double>("temperature").Record(36.6);
            var (plain, exponential) = (meter.CreateHistogram<double>("explicit", "ms"), meter.CreateHistogram<double>("exponential", "ms"));
            for (var i = 1; i <= 100; i++)
            {
                plain.Record(i);
                exponential.Record(i);
            }
        }

        await Eventually.Is("all five instruments have come", () => dashboard.Telemetry.Metrics.ReadInstruments(dashboard.Telemetry.Resources.All).Count == 5);
        Assert.Equal(
            [("connections", InstrumentKind.UpDownCounter), ("explicit", InstrumentKind.Histogram), ("exponential", InstrumentKind.Histogram), ("messages", InstrumentKind.Counter), ("temperature", InstrumentKind.Gauge)],
            dashboard.Telemetry.Metrics.ReadInstruments(dashboard.Telemetry.Resources.All).Select(info => (info.Key.Name, info.Kind)));
        Assert.Equal((5d, -2d, 36.6), (Last("messages").Value, Last("connections").Value, Last("temperature").Value));
        Assert.InRange(Last("explicit").Distribution!.Percentile(0.5)!.Value, 45, 55);
        Assert.InRange(Last("exponential").Distribution!.Percentile(0.9)!.Value, 88, 92);

        MetricPoint Last(string instrument) => dashboard.Telemetry.Metrics.ReadSeries(dashboard.Telemetry.Resources.All, new InstrumentKey(meter.Name, instrument), default).Single().Points[^1];
    }

    private static void Describe(ResourceBuilder resource) => resource.AddService("chat-9", serviceInstanceId: "i1");

    private static void Configure(OtlpExporterOptions options, RunningDashboard dashboard, OtlpExportProtocol protocol, string signal)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? dashboard.OtlpGrpc : new Uri(dashboard.OtlpHttp, $"v1/{signal}");
        options.Headers = $"x-otlp-api-key={RunningDashboard.OtlpKey}";
    }

    private static async Task<T> Received<T>(Func<T?> look) where T : class
    {
        T? found = null;
        await Eventually.Is("the telemetry has come", () => (found = look()) is not null);
        return found!;
    }
}
