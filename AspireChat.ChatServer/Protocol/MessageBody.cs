using System.Text;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Makes and compares <see cref="RoomMessage.Body"/>, the part of a message that is the same before and after it has its place.</summary>
internal static class MessageBody
{
    private static ReadOnlySpan<byte> BeforeId => "\"id\":\""u8;

    private static ReadOnlySpan<byte> BeforeName => "\",\"name\":\""u8;

    private static ReadOnlySpan<byte> BeforeText => "\",\"text\":\""u8;

    private static ReadOnlySpan<byte> BeforeTime => "\",\"at\":\""u8;

    private static ReadOnlySpan<byte> BeforeInstance => "\",\"instance\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>Encodes a message. Its parts are validated, <paramref name="instance"/> is of characters that JSON takes as they are.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, DateTimeOffset at, string instance)
    {
        var longest = ((id.Length + name.Length + text.Length) * JsonText.MaxEscapedBytes) + instance.Length + 128;
        var rented = longest > 1024 ? System.Buffers.ArrayPool<byte>.Shared.Rent(longest) : null;
        var body = rented ?? stackalloc byte[1024];

        var length = Append(body, 0, BeforeId);
        length += JsonText.Escape(id, body[length..]);
        length = Append(body, length, BeforeName);
        length += JsonText.Escape(name, body[length..]);
        length = Append(body, length, BeforeText);
        length += JsonText.Escape(text, body[length..]);
        length = Append(body, length, BeforeTime);
        at.UtcDateTime.TryFormat(body[length..], out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        length = Append(body, length + written, BeforeInstance);
        length += Encoding.UTF8.GetBytes(instance, body[length..]);
        length = Append(body, length, End);

        var encoded = body[..length].ToArray();
        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }

        return encoded;
    }

    /// <summary>Whether a body is that of the message with this id and sender. Every instance encodes alike, so comparing bytes is enough.</summary>
    public static bool IsOf(ReadOnlySpan<byte> body, string id, string name)
    {
        var idUtf8 = Encoding.UTF8.GetBytes(id);
        var nameUtf8 = Encoding.UTF8.GetBytes(name);
        var expected = new byte[((idUtf8.Length + nameUtf8.Length) * JsonText.MaxEscapedBytes) + 64].AsSpan();

        var length = Append(expected, 0, BeforeId);
        length += JsonText.Escape(idUtf8, expected[length..]);
        length = Append(expected, length, BeforeName);
        length += JsonText.Escape(nameUtf8, expected[length..]);
        length = Append(expected, length, BeforeText);
        return body.StartsWith(expected[..length]);
    }

    private static int Append(Span<byte> body, int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(body[length..]);
        return length + part.Length;
    }
}
