using System.Text.Json;

namespace AspireChat.ChatServer.Protocol;

/// <summary>A member of a frame that should be a string: not there, there and decoded, or there and no text at all.</summary>
internal ref struct StringMember
{
    public ReadOnlySpan<byte> Value;
    public bool Given;

    /// <summary>It is no string, or its escapes spell half a surrogate pair.</summary>
    public bool Broken;

    /// <summary>Decodes the reader's value in place. <c>null</c> counts as not given.</summary>
    public static StringMember Read(scoped ref Utf8JsonReader reader, Span<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String:
                var text = json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                return !reader.ValueIsEscaped || JsonText.TryUnescape(text, out text)
                    ? new StringMember { Given = true, Value = text }
                    : new StringMember { Given = true, Broken = true };
            default:
                reader.Skip();
                return new StringMember { Given = true, Broken = true };
        }
    }
}
