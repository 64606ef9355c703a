namespace LocalAspire.Dashboard.Server;

/// <summary>Hides from each port what belongs to another: what may send telemetry must not so much as see the login page.</summary>
internal sealed class ListenerMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var cameIn = context.Features.Get<ListenerFeature>()?.Listener ?? Listener.Frontend;
        var belongs = context.GetEndpoint()?.Metadata.GetMetadata<ListenerMetadata>()?.Listener ?? Listener.Frontend;
        if (cameIn == belongs) return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
