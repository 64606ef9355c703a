using Microsoft.AspNetCore.StaticFiles;

namespace AspireChat.Gateway.Pages;

/// <summary>What every page and its files are sent with.</summary>
internal static class PageHeaders
{
    /// <summary>
    /// Everything comes from the gateway itself and nothing is inline. Trusted types turn a page that would write
    /// markup from text, which is how a message becomes a script, into an error.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types ";

    public static void Set(StaticFileResponseContext context)
    {
        var headers = context.Context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy + TrustedTypesOf(context.Context.Request.Path);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY"; // For browsers that do not know frame-ancestors.
        headers["Referrer-Policy"] = "no-referrer"; // The room and the name may be in the address.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Always ask, mostly be told 304: the modules of a page fit together only if they are of one version.
        headers.CacheControl = "no-cache";
    }

    /// <summary>The lab starts a worker, whose address is a trusted type too; its policy knows that one address.</summary>
    private static string TrustedTypesOf(PathString page) =>
        page.StartsWithSegments("/lab") ? "aspirechat-lab" : "'none'";
}
