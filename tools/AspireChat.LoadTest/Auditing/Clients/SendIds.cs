using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>The ids of a run: its random name of 96 bits, then the send's number, so that a message on the wire tells which send it stems from.</summary>
internal sealed class SendIds
{
    public string Run { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    public string Of(long send) => string.Create(CultureInfo.InvariantCulture, $"{Run}.{send:x}");

    /// <summary>The number; null for an id of somebody else.</summary>
    public long? NumberOf(string id) =>
        id.Length > Run.Length + 1 && id.StartsWith(Run, StringComparison.Ordinal) && id[Run.Length] == '.'
            && long.TryParse(id.AsSpan(Run.Length + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
