using Google.Protobuf;
using LocalAspire.Dashboard.Options;
using LocalAspire.Dashboard.Server;
using Microsoft.Extensions.Options;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Registers and maps the receiver of telemetry.</summary>
internal static class OtlpReceiver
{
    public static IServiceCollection AddOtlpReceiver(this IServiceCollection services)
    {
        services.AddGrpc();
        services.AddOptions<Grpc.AspNetCore.Server.GrpcServiceOptions>()
            .Configure<IOptions<DashboardOptions>>((grpc, options) => grpc.MaxReceiveMessageSize = options.Value.Otlp.MaxRequestBytes);
        services.AddSingleton<OtlpReader>();
        services.AddSingleton<DistributionReader>();
        services.AddSingleton<MetricReader>();
        services.AddIngest<TraceIngest, ExportTraceServiceRequest, ExportTraceServiceResponse>();
        services.AddIngest<LogIngest, ExportLogsServiceRequest, ExportLogsServiceResponse>();
        services.AddIngest<MetricIngest, ExportMetricsServiceRequest, ExportMetricsServiceResponse>();
        return services;
    }

    public static void MapOtlpReceiver(this WebApplication app)
    {
        var overGrpc = new ListenerMetadata(Listener.OtlpGrpc);
        app.MapGrpcService<OtlpTraceService>().WithMetadata(overGrpc).AllowAnonymous();
        app.MapGrpcService<OtlpLogsService>().WithMetadata(overGrpc).AllowAnonymous();
        app.MapGrpcService<OtlpMetricsService>().WithMetadata(overGrpc).AllowAnonymous();
        app.MapSignal<ExportTraceServiceRequest, ExportTraceServiceResponse>("/v1/traces");
        app.MapSignal<ExportLogsServiceRequest, ExportLogsServiceResponse>("/v1/logs");
        app.MapSignal<ExportMetricsServiceRequest, ExportMetricsServiceResponse>("/v1/metrics");

        if (!app.Services.GetRequiredService<IOptions<DashboardOptions>>().Value.Otlp.NeedsKey) app.Logger.Unsecured();
    }

    private static void AddIngest<TIngest, TRequest, TResponse>(this IServiceCollection services)
        where TIngest : class, IOtlpIngest<TRequest, TResponse>
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>
    {
        services.AddSingleton<TIngest>();
        services.AddSingleton<IOtlpIngest<TRequest, TResponse>>(provider => provider.GetRequiredService<TIngest>());
        services.AddSingleton<OtlpHttpEndpoint<TRequest, TResponse>>();
    }

    private static void MapSignal<TRequest, TResponse>(this WebApplication app, string path)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse> =>
        app.MapPost(path, (HttpContext context, OtlpHttpEndpoint<TRequest, TResponse> endpoint) => endpoint.HandleAsync(context))
            .WithMetadata(new ListenerMetadata(Listener.OtlpHttp))
            .AllowAnonymous();
}
