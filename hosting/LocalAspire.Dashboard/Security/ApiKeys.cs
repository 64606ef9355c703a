using System.Security.Cryptography;
using System.Text;

namespace LocalAspire.Dashboard.Security;

/// <summary>Compares secrets without telling by the time it takes how much of one was right.</summary>
internal static class ApiKeys
{
    /// <summary>True where <paramref name="shown"/> is one of the keys that are set.</summary>
    public static bool Match(string? shown, params ReadOnlySpan<string?> keys)
    {
        var matched = false;
        foreach (var key in keys)
            matched |= shown is not null && !string.IsNullOrEmpty(key) && CryptographicOperations.FixedTimeEquals(Digest(shown), Digest(key));

        return matched;
    }

    // Digests are of one length, so that not even a key's length shows.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
