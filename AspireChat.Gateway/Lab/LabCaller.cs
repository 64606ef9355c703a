namespace AspireChat.Gateway.Lab;

/// <summary>What a request shows of its caller: the cookie of a session, and the page that it comes from.</summary>
internal static class LabCaller
{
    public const string CookieName = "aspirechat-lab";

    /// <summary>The only paths that a browser sends the cookie to.</summary>
    private const string CookiePath = "/admin";

    /// <summary>
    /// Whether the gateway's own key may be lent to this request: it belongs to a session, and a page of this very origin sent it. The cookie is
    /// kept from other sites already; the origin also shuts out pages at other ports of the same machine, which count as the same site.
    /// </summary>
    public static bool MayAct(this HttpContext context) =>
        context.Request.HasOwnOrigin() && context.HasLabSession();

    public static bool HasLabSession(this HttpContext context) =>
        context.RequestServices.GetRequiredService<LabSessions>().IsOpen(context.Request.Cookies[CookieName]);

    public static bool HasOwnOrigin(this HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    public static void SetLabCookie(this HttpResponse response, string secret, TimeSpan lifetime) =>
        response.Cookies.Append(CookieName, secret, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = lifetime,
            Path = CookiePath,
            SameSite = SameSiteMode.Strict,
            Secure = response.HttpContext.Request.IsHttps,
        });
}
