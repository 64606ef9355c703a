using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Admission;

/// <summary>
/// Opens connections a few at a time. A crowd that comes back at once would else share the processor until each of its members has run out of time, and with
/// every attempt made in vain and made again nobody gets in for as long as the crowd keeps coming.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, AdmissionQueue queue, AdmissionMetrics metrics, IOptions<GatewayOptions> options)
{
    public Task InvokeAsync(HttpContext context) => IsOpening(context) ? AdmitAsync(context) : next(context);

    private static bool IsOpening(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private async Task AdmitAsync(HttpContext context)
    {
        IDisposable? place;
        try
        {
            place = await queue.EnterAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return; // Nobody is there to be answered.
        }

        if (place is null)
        {
            await RefuseAsync(context);
            return;
        }

        // An open connection needs no place any more, and one whose instance does not answer must not keep the others waiting.
        using (place)
        await using (new Timer(_ => place.Dispose(), null, options.Value.SlowOpening, Timeout.InfiniteTimeSpan))
        {
            context.Response.OnStarting(() =>
            {
                place.Dispose();
                return Task.CompletedTask;
            });
            await next(context);
        }
    }

    private Task RefuseAsync(HttpContext context)
    {
        metrics.Refused();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsync("More clients connect than this gateway can take at once; try again in a second.", context.RequestAborted);
    }
}
