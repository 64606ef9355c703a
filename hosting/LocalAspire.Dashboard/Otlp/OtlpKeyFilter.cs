using LocalAspire.Dashboard.Options;
using LocalAspire.Dashboard.Security;
using LocalAspire.Dashboard.Server;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Asks senders for their key, over gRPC and HTTP alike, before a byte of the body is read. A gRPC client takes the 401 for <c>Unauthenticated</c>.</summary>
internal sealed class OtlpKeyFilter(RequestDelegate next, IOptions<DashboardOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var otlp = options.Value.Otlp;
        var isOtlp = context.GetEndpoint()?.Metadata.GetMetadata<ListenerMetadata>() is { Listener: Listener.OtlpGrpc or Listener.OtlpHttp };
        if (!isOtlp || !otlp.NeedsKey || ApiKeys.Match(context.Request.Headers[OtlpHeaders.ApiKey], otlp.PrimaryApiKey, otlp.SecondaryApiKey)) return next(context);

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
