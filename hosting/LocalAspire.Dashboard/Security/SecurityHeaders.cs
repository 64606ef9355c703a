namespace LocalAspire.Dashboard.Security;

/// <summary>What a browser may do with the pages: nothing but load from here, and be in no frame.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Style attributes carry positions in the waterfall and colours of resources; scripts come from files alone.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";

        // Not "no-referrer": then browsers send "Origin: null" with the login form, as a foreign page would.
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }
}
