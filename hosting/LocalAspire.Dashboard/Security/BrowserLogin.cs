using System.Security.Cryptography;
using LocalAspire.Dashboard.Options;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Security;

/// <summary>The token by which a browser logs in. Without one in the settings, one is made for this run.</summary>
internal sealed class BrowserLogin(IOptions<DashboardOptions> options)
{
    private readonly string _token = options.Value.Frontend.BrowserToken is { Length: > 0 } set ? set : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>True where the token was made here, so nobody else can print it.</summary>
    public bool IsOwnToken => options.Value.Frontend.BrowserToken is not { Length: > 0 };

    public bool Accepts(string? token) => ApiKeys.Match(token, _token);

    /// <summary>The address that logs in; a secret.</summary>
    public string AddressAt(string baseAddress) => $"{baseAddress.TrimEnd('/')}/login?t={_token}";
}
