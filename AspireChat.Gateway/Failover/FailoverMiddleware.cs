using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Failover;

/// <summary>
/// Sends a request that its instance did not take to the next one, until one takes it or none is left.
/// Stands before load balancing, which each attempt runs through anew.
/// </summary>
internal sealed partial class FailoverMiddleware(
    RequestDelegate next, IOptions<GatewayOptions> options, ILogger<FailoverMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Request.IsRepeatable() ? ForwardAsync(context) : next(context);

    private async Task ForwardAsync(HttpContext context)
    {
        var client = context.RequestAborted;
        var proxy = context.GetReverseProxyFeature();
        var untried = proxy.AvailableDestinations;

        // The time limit is for the answer alone: a WebSocket that was opened lives as long as it likes.
        CancellationTokenSource? attempt = null;
        context.Response.OnStarting(() =>
        {
            attempt?.CancelAfter(Timeout.InfiniteTimeSpan);
            return Task.CompletedTask;
        });

        while (true)
        {
            proxy.AvailableDestinations = untried;
            using (attempt = CancellationTokenSource.CreateLinkedTokenSource(client))
            {
                context.RequestAborted = attempt.Token;
                attempt.CancelAfter(options.Value.AnswerTimeout);
                await next(context);
            }

            attempt = null;
            context.RequestAborted = client;

            var failure = context.GetFailure();
            if (failure is Failure.None || context.Response.HasStarted || client.IsCancellationRequested) return;

            var failed = proxy.ProxiedDestination;
            untried = [.. untried.Where(destination => destination != failed)];
            LogFailed(failed?.DestinationId, failure, untried.Count);
            context.ForgetAttempt();

            if (untried.Count == 0)
            {
                await RefuseAsync(context);
                return;
            }
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsync("No chat server takes this request at the moment; try again in a second.", context.RequestAborted);
    }

    [LoggerMessage(LogLevel.Warning, "Instance '{Instance}' did not take a request ({Failure}); {Left} left to try.")]
    private partial void LogFailed(string? instance, Failure failure, int left);
}
