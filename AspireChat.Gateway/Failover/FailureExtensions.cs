using Yarp.ReverseProxy.Forwarder;

namespace AspireChat.Gateway.Failover;

internal static class FailureExtensions
{
    /// <summary>What became of the latest attempt to forward this request. A request that its client gave up looks unanswered.</summary>
    public static Failure GetFailure(this HttpContext context)
    {
        if (context.Features.Get<DrainingAnswer>() is not null) return Failure.Draining;

        return context.Features.Get<IForwarderErrorFeature>() switch
        {
            { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } } => Failure.Unreachable,
            { Error: ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestCanceled } => Failure.Unanswered,
            _ => Failure.None,
        };
    }

    /// <summary>Makes the request as good as new: what the failed attempt wrote is withdrawn.</summary>
    public static void ForgetAttempt(this HttpContext context)
    {
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Set<DrainingAnswer>(null);
        context.GetReverseProxyFeature().ProxiedDestination = null;
    }

    /// <summary>
    /// Whether the same request can be sent to one instance after another: it has no body that the first may have eaten,
    /// and asking twice does no harm. An upgrade is such a request.
    /// </summary>
    public static bool IsRepeatable(this HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsConnect(request.Method);
}
