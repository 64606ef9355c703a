using System.Security.Cryptography;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Makes publications of what clients send, over WebSockets or HTTP. Their parts are validated.</summary>
internal sealed class PublicationFactory(Incarnation incarnation, TimeProvider time)
{
    private const int DigestBytes = 16;

    public Publication Create(string room, string name, ReadOnlySpan<byte> id, ReadOnlySpan<byte> text)
    {
        Span<byte> nameUtf8 = stackalloc byte[WireProtocol.MaxNameLength * 3];
        nameUtf8 = nameUtf8[..Encoding.UTF8.GetBytes(name, nameUtf8)];
        var body = MessageBody.Encode(id, nameUtf8, text, time.GetUtcNow(), incarnation.Instance);
        return new Publication(room, name, Encoding.UTF8.GetString(id), Digest(text), body, default);
    }

    /// <summary>Identifies a text by its value: what escapes it came with does not matter.</summary>
    private static byte[] Digest(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return hash[..DigestBytes].ToArray();
    }
}
