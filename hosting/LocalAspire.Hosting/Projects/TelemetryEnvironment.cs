using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dashboard;
using LocalAspire.Orchestration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Projects;

/// <summary>
/// Where a project sends its traces, metrics and logs: <c>LocalAspire:Otlp:Endpoint</c>, with the key
/// <c>LocalAspire:Otlp:ApiKey</c>; else the app's own dashboard. Without either it sends none.
/// </summary>
internal static class TelemetryEnvironment
{
    public const string EndpointKey = "LocalAspire:Otlp:Endpoint";
    public const string ApiKeyKey = "LocalAspire:Otlp:ApiKey";

    public static IResourceBuilder<T> WithTelemetryEnvironment<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        var (configuration, environment, resources) = (builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, builder.ApplicationBuilder.Resources);
        return builder.WithEnvironment(context =>
        {
            if (Receiver(configuration, resources) is not var (endpoint, key))
                return;

            var variables = context.EnvironmentVariables;
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            variables["OTEL_SERVICE_NAME"] = context.Resource.Name;
            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={ResourceId.SuffixOf(context.Resource)}";
            if (key is { Length: > 0 })
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";

            if (environment.IsDevelopment())
                SendPromptly(variables);
        });
    }

    private static (string Endpoint, string? Key)? Receiver(ConfigurationManager configuration, IResourceCollection resources) =>
        configuration[EndpointKey] is { Length: > 0 } endpoint ? (endpoint, configuration[ApiKeyKey])
        : resources.OfType<DashboardResource>().FirstOrDefault() is { } dashboard ? (dashboard.Otlp.Url, dashboard.Keys.Otlp)
        : null;

    /// <summary>Whoever develops wants to see at once what happened, and all of it.</summary>
    private static void SendPromptly(Dictionary<string, object> variables)
    {
        foreach (var interval in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
            variables[interval] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }
}
