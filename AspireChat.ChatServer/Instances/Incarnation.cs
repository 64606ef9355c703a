using System.Security.Cryptography;

namespace AspireChat.ChatServer.Instances;

/// <summary>
/// One life of an instance: its name and a random part. What an instance leaves behind when it dies must not be taken for what it does after its restart.
/// </summary>
/// <param name="Instance">The instance's name; see <see cref="ChatOptions.Instance"/>.</param>
/// <param name="Id">The name and 8 random hexadecimal digits: <c>chat-1.5f3a09bc</c>.</param>
internal sealed record Incarnation(string Instance, string Id)
{
    public static Incarnation Begin(string instance) => new(instance, $"{instance}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
}
