using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

internal static class TelemetryExtensions
{
    /// <summary>How the app's own activity sources and meters are named.</summary>
    private const string OwnNames = "AspireChat.*";

    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Without an OTLP endpoint nothing listens, so that nothing is spent on spans and points that nobody would see.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointSetting]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .UseOtlpExporter()
            .WithMetrics(metrics => metrics
                .AddMeter(OwnNames)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .AddSource(OwnNames, builder.Environment.ApplicationName)
                // Set in code: a span's parent on another instance decides for its children, and a busy room cannot drown the exporter.
                .SetSampler(services => new ParentBasedSampler(new RateLimitedSampler(new TraceAllowance(builder.Configuration, services.GetService<TimeProvider>()))))
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !IsPolled(context.Request.Path))
                .AddHttpClientInstrumentation(requests => requests.FilterHttpRequestMessage = request => !IsPolled(request.RequestUri?.AbsolutePath)));
    }

    /// <summary>What is asked for again and again, so that nothing else would be seen: by probes how a process is, and by the lab's page what is around it.</summary>
    private static bool IsPolled(PathString path) =>
        path.StartsWithSegments("/health") || path.StartsWithSegments("/alive") || path.StartsWithSegments("/lab/surroundings");
}
