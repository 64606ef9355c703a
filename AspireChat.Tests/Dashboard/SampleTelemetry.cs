using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace AspireChat.Tests.Dashboard;

/// <summary>What three chat instances and their gateway would send, made up but of the right shape. Repeatable: one seed, one story.</summary>
internal sealed class SampleTelemetry(int seed = 1)
{
    public static readonly string[] Instances = ["chat-1", "chat-2", "chat-3"];

    private const ulong Millisecond = 1_000_000;
    private static readonly double[] LatencyBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, (ulong Received, ulong Delivered, ulong[] Latency, double LatencySum)> _totals = Instances.ToDictionary(
        name => name, _ => (0ul, 0ul, new ulong[LatencyBounds.Length + 1], 0d));

    /// <summary>The ids of traces already made, the newest last.</summary>
    public List<ByteString> Messages { get; } = [];

    public static ulong Nanoseconds(DateTimeOffset time) => (ulong)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

    public static Resource Resource(string name) => new() { Attributes = { Text("service.name", name), Text("service.instance.id", $"{name}-a1b2"), Text("telemetry.sdk.name", "opentelemetry"), Text("telemetry.sdk.language", "dotnet"), Text("host.name", "devbox") } };

    /// <summary>A chat message that comes in on one instance: delivered there alone in mode local, on all three otherwise.</summary>
    public IEnumerable<ExportTraceServiceRequest> Message(DateTimeOffset at, string mode = "stream", bool fails = false, ByteString? upgradeTrace = null, ByteString? upgradeSpan = null)
    {
        var (trace, receive, publish) = (Id(16), Id(8), Id(8));
        Messages.Add(trace);
        var origin = Instances[_random.Next(3)];
        var start = Nanoseconds(at);
        var published = start + (ulong)_random.Next(200, 900) * 1000;
        var acknowledged = published + (ulong)_random.Next(300, 1600) * 1000;

        var root = Span(trace, receive, null, "receive chat:room:{room}", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Server, start, acknowledged + 90_000);
        root.Attributes.AddRange([Text("messaging.system", "aspirechat"), Text("messaging.operation.type", "receive"), Text("chat.room", $"room-{_random.Next(1, 6)}"), Text("chat.backplane.mode", mode), Number("chat.message.offset", Messages.Count)]);
        if (upgradeTrace is not null) root.Links.Add(new Span.Types.Link { TraceId = upgradeTrace, SpanId = upgradeSpan ?? Id(8) });
        var send = Span(trace, publish, receive, "publish chat:room:{room}", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Producer, published, acknowledged);
        send.Attributes.AddRange([Text("messaging.system", "aspirechat"), Text("messaging.operation.type", "send"), Text("chat.outcome", fails ? "Unavailable" : "Published")]);
        if (fails)
        {
            foreach (var span in (Span[])[root, send]) span.Status = new Status { Code = Status.Types.StatusCode.Error, Message = "Redis does not answer." };
            send.Events.Add(new Span.Types.Event { Name = "exception", TimeUnixNano = acknowledged - 100_000, Attributes = { Text("exception.type", "RedisTimeoutException"), Text("exception.message", "Timeout performing EVALSHA") } });
        }

        yield return Request(origin, root, send);
        if (fails) yield break;

        foreach (var instance in mode == "local" ? [origin] : Instances)
        {
            var arrived = published + (ulong)_random.Next(250, instance == origin ? 700 : 2400) * 1000;
            var deliver = Span(trace, Id(8), publish, "deliver chat:room:{room}", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Consumer, arrived, arrived + (ulong)_random.Next(60, 420) * 1000);
            deliver.Attributes.AddRange([Text("messaging.system", "aspirechat"), Text("messaging.operation.type", "process"), Number("chat.receivers", _random.Next(1, 40)), Number("chat.message.offset", Messages.Count)]);
            yield return Request(instance, deliver);
            Count(instance, (arrived - start) / 1e9, received: instance == origin);
        }
    }

    /// <summary>A request that passes the gateway, as a WebSocket's upgrade does.</summary>
    public IEnumerable<ExportTraceServiceRequest> Upgrade(DateTimeOffset at, out ByteString trace, out ByteString span)
    {
        var (id, server, forward, upgrade) = (Id(16), Id(8), Id(8), Id(8));
        (trace, span) = (id, upgrade);
        var instance = Instances[_random.Next(3)];
        var start = Nanoseconds(at);
        var end = start + (ulong)_random.Next(3, 30) * Millisecond;
        var request = Span(id, server, null, "GET /ws", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Server, start, end);
        request.Attributes.AddRange([Text("http.request.method", "GET"), Text("url.path", "/ws"), Number("http.response.status_code", 101)]);
        var proxied = Span(id, forward, server, "proxy.forwarder", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Client, start + Millisecond / 2, end - Millisecond / 2);
        proxied.Attributes.Add(Text("server.address", "localhost"));
        var accepted = Span(id, upgrade, forward, "GET /ws", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Server, start + Millisecond, end - Millisecond);
        return [Request("gateway", request, proxied), Request(instance, accepted)];
    }

    public static ExportLogsServiceRequest Log(DateTimeOffset at, string resource, int severity, string template, ByteString? trace = null, ByteString? span = null, params KeyValue[] attributes) => new()
    {
        ResourceLogs =
        {
            new ResourceLogs
            {
                Resource = Resource(resource),
                ScopeLogs =
                {
                    new ScopeLogs
                    {
                        Scope = new InstrumentationScope { Name = resource == "gateway" ? "Yarp.ReverseProxy.Forwarder.HttpForwarder" : "AspireChat.ChatServer.Rooms.Room" },
                        LogRecords =
                        {
                            new LogRecord
                            {
                                TimeUnixNano = Nanoseconds(at), SeverityNumber = severity, Body = new AnyValue { StringValue = template },
                                TraceId = trace ?? ByteString.Empty, SpanId = span ?? ByteString.Empty, Attributes = { attributes },
                            },
                        },
                    },
                },
            },
        },
    };

    /// <summary>Where the totals of one instance stand.</summary>
    public ExportMetricsServiceRequest Metrics(DateTimeOffset at, DateTimeOffset start, string instance)
    {
        var totals = _totals[instance];
        var exemplar = new Exemplar { TimeUnixNano = Nanoseconds(at), AsDouble = 0.001 + _random.NextDouble() * 0.002, TraceId = Messages.Count > 0 ? Messages[^1] : Id(16), SpanId = Id(8) };
        var chat = new ScopeMetrics
        {
            Scope = new InstrumentationScope { Name = "AspireChat.ChatServer" },
            Metrics =
            {
                new Metric { Name = "chat.messages.received", Unit = "{message}", Description = "Messages that clients of this instance sent.", Sum = Counter(totals.Received) },
                new Metric { Name = "chat.messages.delivered", Unit = "{message}", Description = "Messages given to connections of this instance.", Sum = Counter(totals.Delivered) },
                new Metric { Name = "chat.connections", Unit = "{connection}", Description = "Connections open.", Sum = new Sum { AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { Point(180 + Math.Round(20 * Math.Sin(at.ToUnixTimeSeconds() / 40.0)) + _random.Next(4)) } } },
                new Metric
                {
                    Name = "chat.delivery.latency", Unit = "s", Description = "From the sender's instance to the fan-out.",
                    Histogram = new Histogram
                    {
                        AggregationTemporality = AggregationTemporality.Cumulative,
                        DataPoints =
                        {
                            new HistogramDataPoint
                            {
                                StartTimeUnixNano = Nanoseconds(start), TimeUnixNano = Nanoseconds(at), Count = totals.Latency.Aggregate(0ul, (sum, one) => sum + one), Sum = totals.LatencySum,
                                ExplicitBounds = { LatencyBounds }, BucketCounts = { totals.Latency }, Exemplars = { exemplar },
                            },
                        },
                    },
                },
            },
        };
        var runtime = new ScopeMetrics
        {
            Scope = new InstrumentationScope { Name = "System.Runtime" },
            Metrics =
            {
                new Metric { Name = "dotnet.process.memory.working_set", Unit = "By", Description = "The number of bytes of physical memory mapped to the process context.", Gauge = new Gauge { DataPoints = { Point(9e7 + _random.Next(4_000_000)) } } },
                new Metric
                {
                    Name = "dotnet.gc.collections", Unit = "{collection}", Description = "Garbage collections since the process has started.",
                    Sum = new Sum { IsMonotonic = true, AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { Generation("gen0", totals.Received / 20), Generation("gen1", totals.Received / 60), Generation("gen2", totals.Received / 300) } },
                },
            },
        };
        return new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { Resource = Resource(instance), ScopeMetrics = { chat, runtime } } } };

        NumberDataPoint Point(double value) => new() { StartTimeUnixNano = Nanoseconds(start), TimeUnixNano = Nanoseconds(at), AsDouble = value };

        NumberDataPoint Generation(string name, ulong value)
        {
            var point = Point(value);
            point.Attributes.Add(Text("gc.heap.generation", name));
            return point;
        }

        Sum Counter(ulong value) => new() { IsMonotonic = true, AggregationTemporality = AggregationTemporality.Cumulative, DataPoints = { Point(value) } };
    }

    public ByteString Id(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        bytes[0] |= 1;
        return ByteString.CopyFrom(bytes);
    }

    public static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    public static KeyValue Number(string key, long value) => new() { Key = key, Value = new AnyValue { IntValue = value } };

    public static Span Span(ByteString trace, ByteString id, ByteString? parent, string name, Span.Types.SpanKind kind, ulong start, ulong end) => new()
    {
        TraceId = trace,
        SpanId = id,
        ParentSpanId = parent ?? ByteString.Empty,
        Name = name,
        Kind = kind,
        StartTimeUnixNano = start,
        EndTimeUnixNano = end,
    };

    public static ExportTraceServiceRequest Request(string resource, params IEnumerable<Span> spans) => new()
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                Resource = Resource(resource),
                ScopeSpans = { new ScopeSpans { Scope = new InstrumentationScope { Name = resource == "gateway" ? "Yarp.ReverseProxy" : "AspireChat.ChatServer" }, Spans = { spans } } },
            },
        },
    };

    private void Count(string instance, double latency, bool received)
    {
        var totals = _totals[instance];
        var bucket = Array.FindIndex(LatencyBounds, bound => latency <= bound);
        totals.Latency[bucket < 0 ? LatencyBounds.Length : bucket]++;
        _totals[instance] = (totals.Received + (received ? 1ul : 0), totals.Delivered + (ulong)_random.Next(1, 40), totals.Latency, totals.LatencySum + latency);
    }
}
