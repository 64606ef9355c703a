using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using LocalAspire.Dashboard.Otlp;
using LocalAspire.Dashboard.Telemetry.Traces;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace AspireChat.Tests.Dashboard;

/// <summary>What is malformed, too large or without a key is refused with a clear status, and the receiver lives on.</summary>
public sealed class HostileInputTests
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_key_nothing_is_taken(string? key)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        var headers = new Metadata();
        if (key is not null) headers.Add("x-otlp-api-key", key);
        using var channel = dashboard.OtlpChannel();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new TraceService.TraceServiceClient(channel).ExportAsync(OneSpan(), headers, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);

        using var answer = await PostAsync(dashboard, "v1/traces", OneSpan().ToByteArray(), key: key);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(dashboard.Telemetry.Traces.Read());
    }

    [Fact]
    public async Task A_request_over_the_limit_is_refused_over_gRPC()
    {
        await using var dashboard = await RunningDashboard.StartAsync("Dashboard:Otlp:MaxRequestBytes=100000");
        using var channel = dashboard.OtlpChannel();
        var large = OneSpan();
        large.ResourceSpans[0].ScopeSpans[0].Spans[0].Name = new string('x', 200_000);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new TraceService.TraceServiceClient(channel).ExportAsync(large, new Metadata { { "x-otlp-api-key", RunningDashboard.OtlpKey } }, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task A_request_over_the_limit_is_refused_over_HTTP_packed_or_not()
    {
        await using var dashboard = await RunningDashboard.StartAsync("Dashboard:Otlp:MaxRequestBytes=100000");
        var large = OneSpan();
        large.ResourceSpans[0].ScopeSpans[0].Spans[0].Name = new string('x', 20_000_000);

        using var plain = await PostAsync(dashboard, "v1/traces", large.ToByteArray());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, plain.StatusCode);

        var packed = Pack(large.ToByteArray());
        Assert.InRange(packed.Length, 1, 99_999);
        using var bomb = await PostAsync(dashboard, "v1/traces", packed, encoding: "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        Assert.Empty(dashboard.Telemetry.Traces.Read());
    }

    [Fact]
    public async Task A_packed_request_is_taken()
    {
        await using var dashboard = await RunningDashboard.StartAsync();

        using var answer = await PostAsync(dashboard, "v1/traces", Pack(OneSpan().ToByteArray()), encoding: "gzip");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(dashboard.Telemetry.Traces.Read());
    }

    [Theory]
    [InlineData("application/json", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-protobuf", null, HttpStatusCode.BadRequest)]
    [InlineData("application/x-protobuf", "gzip", HttpStatusCode.BadRequest)]
    [InlineData("application/x-protobuf", "br", HttpStatusCode.BadRequest)]
    public async Task What_is_no_message_is_refused_with_the_reason(string contentType, string? encoding, HttpStatusCode expected)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        byte[] garbage = [0xff, 0x13, 0x37, 0x00, 0xde, 0xad, 0xbe, 0xef];

        foreach (var signal in (string[])["traces", "logs", "metrics"])
        {
            using var answer = await PostAsync(dashboard, $"v1/{signal}", garbage, contentType, encoding);
            Assert.Equal(expected, answer.StatusCode);
            var status = LocalAspire.Protos.Rpc.Status.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.NotEmpty(status.Message);
        }
    }

    [Fact]
    public async Task Spans_without_ids_are_refused_and_the_others_taken()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var channel = dashboard.OtlpChannel();
        var request = OneSpan();
        var spans = request.ResourceSpans[0].ScopeSpans[0].Spans;
        spans.Add(new OpenTelemetry.Proto.Trace.V1.Span { TraceId = ByteString.CopyFrom(new byte[16]), SpanId = ByteString.CopyFrom(new byte[8]), Name = "zeroes" });
        spans.Add(new OpenTelemetry.Proto.Trace.V1.Span { TraceId = ByteString.CopyFrom(1, 2, 3), SpanId = ByteString.CopyFrom(1), Name = "short" });

        var response = await new TraceService.TraceServiceClient(channel).ExportAsync(request, new Metadata { { "x-otlp-api-key", RunningDashboard.OtlpKey } }, cancellationToken: Cancellation);

        Assert.Equal(2, response.PartialSuccess.RejectedSpans);
        Assert.Contains("16 bytes", response.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(1, dashboard.Telemetry.Traces.Read().Single().Spans.Length);
    }

    [Fact]
    public async Task Impossible_times_texts_and_nesting_are_cut_to_what_can_be_kept()
    {
        await using var dashboard = await RunningDashboard.StartAsync("Dashboard:TelemetryLimits:MaxTextLength=100", "Dashboard:TelemetryLimits:MaxAttributeCount=10");
        var request = OneSpan();
        var span = request.ResourceSpans[0].ScopeSpans[0].Spans[0];
        (span.StartTimeUnixNano, span.EndTimeUnixNano, span.Kind) = (ulong.MaxValue, 1, (OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind)250);
        var nested = new AnyValue { StringValue = "deep" };
        for (var i = 0; i < 20; i++) nested = new AnyValue { ArrayValue = new ArrayValue { Values = { nested } } };
        span.Attributes.Add(new KeyValue { Key = "nested", Value = nested });
        span.Attributes.Add(new KeyValue { Key = "long", Value = new AnyValue { StringValue = new string('x', 5_000) } });
        span.Attributes.Add(new KeyValue { Key = "nothing" });
        for (var i = 0; i < 50; i++) span.Attributes.Add(SampleTelemetry.Number($"n{i}", i));

        using var answer = await PostAsync(dashboard, "v1/traces", request.ToByteArray());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var kept = dashboard.Telemetry.Traces.Read().Single().Root;
        Assert.Equal((10, 100, 0L), (kept.Attributes.Count, kept.Attributes.FindText("long")!.Length, kept.Duration));
        Assert.Equal(SpanKind.Unspecified, kept.Kind);
        Assert.Equal(2262, kept.Start.ToDateTimeOffset().Year);
    }

    [Fact]
    public async Task Histograms_that_contradict_themselves_are_refused()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        HistogramDataPoint[] histograms =
        [
            new() { TimeUnixNano = 1, ExplicitBounds = { 1, 2 }, BucketCounts = { 1 } },
            new() { TimeUnixNano = 1, ExplicitBounds = { 2, 1 }, BucketCounts = { 1, 1, 1 } },
            new() { TimeUnixNano = 1, ExplicitBounds = { double.NaN }, BucketCounts = { 1, 1 } },
            new() { TimeUnixNano = 1, ExplicitBounds = { Enumerable.Range(0, 5_000).Select(i => (double)i) }, BucketCounts = { new ulong[5_001] } },
        ];
        ExponentialHistogramDataPoint[] exponentials =
        [
            new() { TimeUnixNano = 1, Scale = int.MaxValue, Positive = new ExponentialHistogramDataPoint.Types.Buckets { BucketCounts = { 1 } } },
            new() { TimeUnixNano = 1, Scale = 0, Positive = new ExponentialHistogramDataPoint.Types.Buckets { Offset = int.MaxValue, BucketCounts = { 1, 1 } } },
        ];
        var request = new ExportMetricsServiceRequest
        {
            ResourceMetrics =
            {
                new ResourceMetrics
                {
                    ScopeMetrics =
                    {
                        new ScopeMetrics
                        {
                            Metrics =
                            {
                                new Metric { Name = "h", Histogram = new Histogram { DataPoints = { histograms } } },
                                new Metric { Name = "e", ExponentialHistogram = new ExponentialHistogram { DataPoints = { exponentials } } },
                                new Metric { Name = "s", Summary = new Summary { DataPoints = { new SummaryDataPoint { TimeUnixNano = 1, QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = 0.5, Value = double.NaN } } } } } },
                                new Metric { Name = "n", Gauge = new Gauge { DataPoints = { new NumberDataPoint { TimeUnixNano = 1, AsDouble = double.NaN } } } },
                            },
                        },
                    },
                },
            },
        };

        using var answer = await PostAsync(dashboard, "v1/metrics", request.ToByteArray());

        var response = ExportMetricsServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(8, response.PartialSuccess.RejectedDataPoints);
    }

    [Fact]
    public async Task A_summary_of_many_attributes_and_many_quantiles_costs_no_more_than_its_length_allows()
    {
        const int BytesPerByte = 128;
        await using var dashboard = await RunningDashboard.StartAsync();
        var point = new SummaryDataPoint { TimeUnixNano = 1 };
        for (var i = 0; i < 128; i++)
        {
            point.Attributes.Add(new KeyValue());
            point.QuantileValues.Add(new SummaryDataPoint.Types.ValueAtQuantile());
        }

        var summary = new Summary { DataPoints = { Enumerable.Repeat(point, 500) } };
        var request = new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { ScopeMetrics = { new ScopeMetrics { Metrics = { new Metric { Name = "s", Summary = summary } } } } } } };
        var ingest = dashboard.Service<IOtlpIngest<ExportMetricsServiceRequest, ExportMetricsServiceResponse>>();
        _ = ingest.Take(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ingest.Take(request);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(cost, 0, BytesPerByte * (long)request.CalculateSize());
    }

    [Fact]
    public async Task Senders_past_the_number_that_can_be_told_apart_are_refused()
    {
        await using var dashboard = await RunningDashboard.StartAsync("Dashboard:TelemetryLimits:MaxResourceCount=2");
        var request = new ExportTraceServiceRequest();
        for (var i = 0; i < 4; i++) request.ResourceSpans.Add(SampleTelemetry.Request($"sender-{i}", OneSpan().ResourceSpans[0].ScopeSpans[0].Spans).ResourceSpans);

        using var answer = await PostAsync(dashboard, "v1/traces", request.ToByteArray());

        var response = ExportTraceServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(2, response.PartialSuccess.RejectedSpans);
        Assert.Equal(2, dashboard.Telemetry.Resources.All.Count);
    }

    [Fact]
    public async Task Each_port_serves_its_own_and_no_other()
    {
        await using var dashboard = await RunningDashboard.StartAsync();

        using var atFrontend = await PostAsync(dashboard.Frontend, "v1/traces", OneSpan().ToByteArray(), "application/x-protobuf", null, RunningDashboard.OtlpKey);
        Assert.Equal(HttpStatusCode.NotFound, atFrontend.StatusCode);

        using var pageAtReceiver = await Http.GetAsync(new Uri(dashboard.OtlpHttp, "login"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, pageAtReceiver.StatusCode);
    }

    private static ExportTraceServiceRequest OneSpan()
    {
        var sample = new SampleTelemetry();
        return SampleTelemetry.Request("chat-1", SampleTelemetry.Span(sample.Id(16), sample.Id(8), null, "work", OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Internal, 1, 2));
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static Task<HttpResponseMessage> PostAsync(RunningDashboard dashboard, string path, byte[] body, string contentType = "application/x-protobuf", string? encoding = null, string? key = RunningDashboard.OtlpKey) =>
        PostAsync(dashboard.OtlpHttp, path, body, contentType, encoding, key);

    private static async Task<HttpResponseMessage> PostAsync(Uri address, string path, byte[] body, string contentType, string? encoding, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
        if (key is not null) request.Headers.Add("x-otlp-api-key", key);
        return await Http.SendAsync(request, Cancellation);
    }
}
