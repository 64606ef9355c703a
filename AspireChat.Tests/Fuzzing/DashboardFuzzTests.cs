using Aspire.Hosting;
using AspireChat.Tests.Fuzzing.Targets;
using AspireChat.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using LocalAspire.Dashboard;
using LocalAspire.Dashboard.Otlp;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace AspireChat.Tests.Fuzzing;

public sealed class TraceFuzzTests
{
    [Fact]
    public async Task Spans_of_strangers_can_be_shown() => await OtlpFuzz.RunAsync("traces", HostileTelemetry.Traces,
        dashboard => dashboard.Service<IOtlpIngest<ExportTraceServiceRequest, ExportTraceServiceResponse>>());
}

public sealed class LogFuzzTests
{
    [Fact]
    public async Task Logs_of_strangers_can_be_shown() => await OtlpFuzz.RunAsync("logs", HostileTelemetry.Logs,
        dashboard => dashboard.Service<IOtlpIngest<ExportLogsServiceRequest, ExportLogsServiceResponse>>());
}

public sealed class MetricFuzzTests
{
    [Fact]
    public async Task Metrics_of_strangers_can_be_shown() => await OtlpFuzz.RunAsync("metrics", HostileTelemetry.Metrics,
        dashboard => dashboard.Service<IOtlpIngest<ExportMetricsServiceRequest, ExportMetricsServiceResponse>>());
}

public sealed class ResourceFuzzTests
{
    [Fact]
    public void Resources_of_any_host_can_be_shown() => Fuzzer.Run(new ResourceTarget(), ordinary: 600);
}

public sealed class ResourceServiceFuzzTests
{
    [Fact]
    public async Task No_command_makes_the_host_fail()
    {
        const string Key = "the-key";
        await using var host = await HostedApp.StartAsync(
            builder => builder.AddParameter("greeting", "hello"), "--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:0", $"--AppHost:ResourceService:ApiKey={Key}");
        using var channel = GrpcChannel.ForAddress(host.App.Services.GetRequiredService<ResourceServiceServer>().Address);

        Fuzzer.Run(new ResourceServiceTarget(channel, new Metadata { { "x-resource-service-api-key", Key } }), ordinary: 100);
    }
}
