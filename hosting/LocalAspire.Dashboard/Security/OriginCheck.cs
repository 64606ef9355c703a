namespace LocalAspire.Dashboard.Security;

/// <summary>
/// Refuses what a page of another origin starts: changes, and above all WebSockets, to which browsers send cookies of every
/// port of localhost and apply no same-origin rule.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var needsOwnOrigin = context.WebSockets.IsWebSocketRequest || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        var origin = request.Headers.Origin.ToString();
        if (!needsOwnOrigin || origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}") return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
