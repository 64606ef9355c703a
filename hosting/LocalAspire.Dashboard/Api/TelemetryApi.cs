using LocalAspire.Dashboard.Options;
using LocalAspire.Dashboard.Security;
using LocalAspire.Dashboard.Telemetry;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Api;

/// <summary>The telemetry as JSON, in the shapes of Aspire's dashboard, for scripts and agents.</summary>
internal static class TelemetryApi
{
    private const string KeyHeader = "x-api-key";

    public static void MapTelemetryApi(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<DashboardOptions>>().Value.Api.Enabled) return;

        // It has a key of its own, for callers that have no cookie.
        var api = app.MapGroup("/api/telemetry").AllowAnonymous().AddEndpointFilter(AskForKeyAsync);
        api.MapGet("/resources", Resources);
        api.MapGet("/spans", (HttpContext context, TelemetryStore store) => AnswerAsync(context, store, SpansAsync));
        api.MapGet("/logs", (HttpContext context, TelemetryStore store) => AnswerAsync(context, store, LogsAsync));
        api.MapGet("/traces", (HttpContext context, TelemetryStore store) => AnswerAsync(context, store, TracesAsync));
        api.MapGet("/traces/{traceId}", TraceAsync);
    }

    private static async ValueTask<object?> AskForKeyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var api = http.RequestServices.GetRequiredService<IOptions<DashboardOptions>>().Value.Api;
        return api.AuthMode == AuthMode.Unsecured || ApiKeys.Match(http.Request.Headers[KeyHeader], api.PrimaryApiKey, api.SecondaryApiKey)
            ? await next(context)
            : Results.Problem($"Send the API key in '{KeyHeader}'.", statusCode: StatusCodes.Status401Unauthorized);
    }

    private static IResult Resources(TelemetryStore store) => Results.Json(store.Resources.All.Select(resource => new
    {
        resource.Name,
        resource.InstanceId,
        DisplayName = store.Resources.DisplayName(resource),
        resource.HasLogs,
        resource.HasTraces,
        resource.HasMetrics,
    }));

    private static async Task AnswerAsync(HttpContext context, TelemetryStore store, Func<HttpContext, TelemetryStore, TelemetryQuery, Task> answer)
    {
        if (TelemetryQuery.Read(context.Request.Query, store.Resources, out var problem) is { } query) await answer(context, store, query);
        else await Results.Problem(problem, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
    }

    private static Task SpansAsync(HttpContext context, TelemetryStore store, TelemetryQuery query)
    {
        if (query.Follow)
            return JsonAnswer.StreamAsync(context, LiveFeed.SpansAsync(store, query, context.RequestAborted), (json, span) => OtlpJson.WriteSpans(json, [span]));

        var spans = store.Traces.Read().SelectMany(trace => trace.Spans.ToArray()).Where(query.Wants).OrderBy(span => span.Start).ToList();
        var returned = spans.TakeLast(query.Limit).ToList();
        return JsonAnswer.WriteAsync(context, spans.Count, returned.Count, json => OtlpJson.WriteSpans(json, returned));
    }

    private static Task LogsAsync(HttpContext context, TelemetryStore store, TelemetryQuery query)
    {
        if (query.Follow)
            return JsonAnswer.StreamAsync(context, LiveFeed.LogsAsync(store, query, context.RequestAborted), (json, entry) => OtlpJson.WriteLogs(json, [entry]));

        var entries = store.Logs.Read().Where(query.Wants).OrderBy(entry => entry.Time).ToList();
        var returned = entries.TakeLast(query.Limit).ToList();
        return JsonAnswer.WriteAsync(context, entries.Count, returned.Count, json => OtlpJson.WriteLogs(json, returned));
    }

    private static Task TracesAsync(HttpContext context, TelemetryStore store, TelemetryQuery query)
    {
        var traces = store.Traces.Read().Where(query.Wants).OrderBy(trace => trace.Start).ToList();
        var returned = traces.TakeLast(query.Limit).ToList();
        return JsonAnswer.WriteAsync(context, traces.Count, returned.Count, json => OtlpJson.WriteSpans(json, returned.SelectMany(trace => trace.Spans.ToArray())));
    }

    private static async Task TraceAsync(HttpContext context, TelemetryStore store, string traceId)
    {
        if (TraceId.TryParse(traceId, out var id) && store.Traces.Find(id) is { } trace)
            await JsonAnswer.WriteAsync(context, 1, 1, json => OtlpJson.WriteSpans(json, trace.Spans.ToArray()));
        else
            await Results.Problem($"No trace '{traceId}' is kept.", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);
    }
}
