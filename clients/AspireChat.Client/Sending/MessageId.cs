using System.Buffers.Text;
using System.Security.Cryptography;

namespace AspireChat.Client.Sending;

/// <summary>Ids that nobody makes twice: 128 random bits, 22 characters.</summary>
internal static class MessageId
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
