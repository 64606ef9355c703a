using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

/// <summary>Tells whether a request comes from a page that may connect: one of this server's own origin, or of one that is allowed by name.</summary>
internal sealed class OriginPolicy(IOptions<OriginOptions> options, ILogger<OriginPolicy> logger)
{
    private readonly HashSet<string> _allowed = new(options.Value.Allowed, StringComparer.OrdinalIgnoreCase);

    public bool Allows(HttpRequest request)
    {
        var header = request.Headers.Origin;
        if (header.Count == 0)
        {
            return options.Value.AllowMissing;
        }

        // Compared as a whole: a part would let https://chat.example.com.evil.net in. What hides its origin says "null", which nothing equals.
        var own = UriHelper.BuildAbsolute(request.Scheme, request.Host).TrimEnd('/');
        if (header is [{ } origin] && (_allowed.Contains(origin) || IsSame(origin, own)))
        {
            return true;
        }

        logger.OriginRefused(Shorten(header.ToString()), own);
        return false;
    }

    private static bool IsSame(string origin, string own) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var one)
        && Uri.TryCreate(own, UriKind.Absolute, out var other)
        && one.UserInfo.Length == 0
        && one.PathAndQuery is "/" or ""
        && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static string Shorten(string header) => header.Length <= 100 ? header : header[..100];
}
