using System.Net;
using Yarp.ReverseProxy.Transforms;

namespace AspireChat.Gateway.Failover;

/// <summary>Present on a request whose latest answer was that the instance is draining: 503 with <c>X-Draining</c>.</summary>
internal sealed class DrainingAnswer
{
    public const string HeaderName = "X-Draining";

    private static readonly DrainingAnswer Instance = new();

    /// <summary>Notes such an answer, and holds it back where another instance can be asked.</summary>
    public static ValueTask NoticeAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { StatusCode: HttpStatusCode.ServiceUnavailable } answer && answer.Headers.Contains(HeaderName))
        {
            context.HttpContext.Features.Set(Instance);
            context.SuppressResponseBody = context.HttpContext.Request.IsRepeatable();
        }

        return ValueTask.CompletedTask;
    }
}
