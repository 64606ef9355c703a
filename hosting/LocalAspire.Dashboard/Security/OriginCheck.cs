namespace LocalAspire.Dashboard.Security;

/// <summary>
/// Refuses whatever a page of another origin starts. Above all WebSockets: to them browsers send the cookies of every port of
/// localhost, and apply no same-origin rule. A navigation, by a link or by hand, has no origin.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || origin == $"{context.Request.Scheme}://{context.Request.Host}") return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
