using System.Security.Cryptography;
using System.Text;

namespace AspireChat.ChatServer.Security;

/// <summary>A secret that a caller must present in a header. Compared in constant time, whatever the lengths: what is compared are digests.</summary>
internal sealed class AccessKey(string header, string key)
{
    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The name of the header that carries it.</summary>
    public string Header { get; } = header;

    public bool IsPresentedBy(HttpRequest request) =>
        request.Headers[Header] is [{ } presented]
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), _digest);
}
