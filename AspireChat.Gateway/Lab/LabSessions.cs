using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Lab;

/// <summary>Who may act in the lab: exchanges the single-use code for a session, and knows the sessions.</summary>
/// <remarks>Thread-safe. Sessions live in this process and end with it. Only digests are kept, and compared, of what a caller presents.</remarks>
internal sealed class LabSessions(IOptions<LabOptions> options, TimeProvider time)
{
    private readonly byte[]? _code = string.IsNullOrEmpty(options.Value.Code) ? null : Digest(options.Value.Code);
    private readonly DateTimeOffset _codeEnds = time.GetUtcNow() + options.Value.CodeLifetime;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _sessions = new();
    private int _codeUsed;

    /// <summary>Whether there ever was a code: without one no session can exist.</summary>
    public bool HasCode => _code is not null;

    /// <summary>Opens a session for the right code, the first time that it is presented in time.</summary>
    /// <returns>The session's secret, or null.</returns>
    public string? Open(string code)
    {
        if (_code is null || !CryptographicOperations.FixedTimeEquals(Digest(code), _code) || time.GetUtcNow() >= _codeEnds) return null;
        if (Interlocked.Exchange(ref _codeUsed, 1) is 1) return null;

        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        _sessions[Key(secret)] = time.GetUtcNow() + options.Value.SessionLifetime;
        return secret;
    }

    public bool IsOpen(string? secret) =>
        secret is { Length: > 0 } && _sessions.TryGetValue(Key(secret), out var ends) && time.GetUtcNow() < ends;

    private static string Key(string secret) => Convert.ToHexString(Digest(secret));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
