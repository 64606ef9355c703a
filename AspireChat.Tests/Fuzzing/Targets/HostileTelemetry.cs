using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Telemetry whose messages are sound and whose values are not.</summary>
internal static class HostileTelemetry
{
    public static ExportTraceServiceRequest Traces(Random random) => new()
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                Resource = Resource(random),
                ScopeSpans = { new ScopeSpans { Scope = new InstrumentationScope { Name = Text(random) }, Spans = { Many(random, 4, () => Span(random)) } } },
            },
        },
    };

    public static ExportLogsServiceRequest Logs(Random random) => new()
    {
        ResourceLogs =
        {
            new ResourceLogs
            {
                Resource = Resource(random),
                ScopeLogs = { new ScopeLogs { LogRecords = { Many(random, 4, () => Log(random)) } } },
            },
        },
    };

    public static ExportMetricsServiceRequest Metrics(Random random) => new()
    {
        ResourceMetrics =
        {
            new ResourceMetrics
            {
                Resource = Resource(random),
                ScopeMetrics = { new ScopeMetrics { Metrics = { Many(random, 4, () => Metric(random)) } } },
            },
        },
    };

    private static Span Span(Random random) => new()
    {
        TraceId = Id(random, 16),
        SpanId = Id(random, 8),
        ParentSpanId = Id(random, 8),
        Name = Text(random),
        Kind = (Span.Types.SpanKind)random.Next(-2, 9),
        StartTimeUnixNano = Time(random),
        EndTimeUnixNano = Time(random),
        Status = new Status { Code = (Status.Types.StatusCode)random.Next(-1, 5), Message = Text(random) },
        Attributes = { Attributes(random) },
        Events = { Many(random, 3, () => new Span.Types.Event { Name = Text(random), TimeUnixNano = Time(random), Attributes = { Attributes(random) } }) },
        Links = { Many(random, 3, () => new Span.Types.Link { TraceId = Id(random, 16), SpanId = Id(random, 8) }) },
    };

    private static LogRecord Log(Random random) => new()
    {
        TimeUnixNano = Time(random),
        ObservedTimeUnixNano = Time(random),
        SeverityNumber = random.Next(-3, 30),
        Body = random.Next(3) == 0 ? Value(random, 0) : new AnyValue { StringValue = string.Concat(Enumerable.Repeat("{a}", random.Next(5000))) + "{b:x" },
        TraceId = Id(random, 16),
        SpanId = Id(random, 8),
        Attributes = { new KeyValue { Key = "a", Value = Value(random, 0) }, Attributes(random) },
    };

    private static Metric Metric(Random random)
    {
        var metric = new Metric { Name = $"m{random.Next(20)}", Unit = Text(random) };
        var temporality = (AggregationTemporality)random.Next(0, 4);
        var number = () => new NumberDataPoint { TimeUnixNano = Time(random), StartTimeUnixNano = Time(random), AsDouble = Real(random), Attributes = { Attributes(random) } };
        switch (random.Next(5))
        {
            case 0:
                metric.Gauge = new Gauge { DataPoints = { Many(random, 4, number) } };
                break;
            case 1:
                metric.Sum = new Sum { IsMonotonic = random.Next(2) == 0, AggregationTemporality = temporality, DataPoints = { Many(random, 4, number) } };
                break;
            case 2:
                metric.Histogram = new Histogram { AggregationTemporality = temporality, DataPoints = { Many(random, 3, () => Histogram(random)) } };
                break;
            case 3:
                metric.ExponentialHistogram = new ExponentialHistogram { AggregationTemporality = temporality, DataPoints = { Many(random, 3, () => Exponential(random)) } };
                break;
            default:
                metric.Summary = new Summary
                {
                    DataPoints = { Many(random, 3, () => new SummaryDataPoint { TimeUnixNano = Time(random), QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = Real(random), Value = Real(random) } } }) },
                };
                break;
        }

        return metric;
    }

    private static HistogramDataPoint Histogram(Random random)
    {
        var bounds = random.Next(4);
        return new HistogramDataPoint
        {
            TimeUnixNano = Time(random),
            StartTimeUnixNano = Time(random),
            Count = (ulong)random.NextInt64(-1, long.MaxValue),
            Sum = Real(random),
            ExplicitBounds = { Enumerable.Range(0, bounds).Select(i => random.Next(3) == 0 ? Real(random) : i) },
            BucketCounts = { Enumerable.Range(0, bounds + random.Next(2)).Select(_ => random.Next(3) == 0 ? ulong.MaxValue : (ulong)random.Next(9)) },
        };
    }

    private static ExponentialHistogramDataPoint Exponential(Random random) => new()
    {
        TimeUnixNano = Time(random),
        Scale = random.Next(3) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-12, 22),
        Count = (ulong)random.Next(),
        Sum = Real(random),
        ZeroThreshold = Real(random),
        ZeroCount = ulong.MaxValue,
        Positive = Buckets(random),
        Negative = Buckets(random),
    };

    private static ExponentialHistogramDataPoint.Types.Buckets Buckets(Random random) => new()
    {
        Offset = random.Next(3) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-2000, 2000),
        BucketCounts = { Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(3) == 0 ? ulong.MaxValue : (ulong)random.Next(9)) },
    };

    private static Resource Resource(Random random) => new()
    {
        Attributes = { new KeyValue { Key = "service.name", Value = Value(random, 2) }, new KeyValue { Key = "service.instance.id", Value = new AnyValue { StringValue = $"{random.Next(300)}" } } },
    };

    private static IEnumerable<KeyValue> Attributes(Random random) => Many(random, 5, () => new KeyValue { Key = Text(random), Value = Value(random, 0) });

    private static AnyValue Value(Random random, int depth) => random.Next(depth > 4 ? 5 : 8) switch
    {
        0 => new AnyValue { StringValue = Text(random) },
        1 => new AnyValue { BoolValue = true },
        2 => new AnyValue { IntValue = random.NextInt64(long.MinValue, long.MaxValue) },
        3 => new AnyValue { DoubleValue = Real(random) },
        4 => new AnyValue { BytesValue = Id(random, random.Next(20)) },
        5 => new AnyValue { ArrayValue = new ArrayValue { Values = { Many(random, 4, () => Value(random, depth + 1)) } } },
        6 => new AnyValue { KvlistValue = new KeyValueList { Values = { Many(random, 4, () => new KeyValue { Key = Text(random), Value = Value(random, depth + 1) }) } } },
        _ => new AnyValue(),
    };

    private static string Text(Random random) => random.Next(6) switch
    {
        0 => "",
        1 => "<script>alert(1)</script>",
        2 => string.Concat(Enumerable.Repeat("😀", random.Next(20_000))),
        3 => new string('x', random.Next(40_000)),
        4 => "\0\u202e\r\n",
        _ => $"t{random.Next(10)}",
    };

    private static ByteString Id(Random random, int length)
    {
        var bytes = new byte[random.Next(8) == 0 ? random.Next(length + 1) : length];
        if (random.Next(8) != 0)
        {
            random.NextBytes(bytes);
        }

        return ByteString.CopyFrom(bytes);
    }

    private static ulong Time(Random random) => random.Next(4) switch { 0 => 0, 1 => ulong.MaxValue, 2 => long.MaxValue, _ => 1_700_000_000_000_000_000ul + (ulong)random.NextInt64(1_000_000_000_000) };

    private static double Real(Random random) => random.Next(8) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => double.MaxValue,
        4 => double.Epsilon,
        5 => -0.0,
        _ => random.NextDouble() * 100,
    };

    private static IEnumerable<T> Many<T>(Random random, int below, Func<T> make) => Enumerable.Range(0, random.Next(below)).Select(_ => make()).ToArray();
}
