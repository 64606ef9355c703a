using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Takes the escapes out of JSON strings, and puts in as few as JSON asks for.</summary>
internal static class JsonText
{
    /// <summary>The longest escape of one byte: <c>\u001f</c>.</summary>
    public const int MaxEscapedBytes = 6;

    private static readonly SearchValues<byte> NeedEscape = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    /// <summary>
    /// Decodes a string's escapes in place: what they stand for is never longer than they are. The escapes themselves must be well-formed, as the JSON
    /// reader has made sure.
    /// </summary>
    /// <returns>False when the escapes spell half a surrogate pair, which no text can hold.</returns>
    public static bool TryUnescape(Span<byte> json, out Span<byte> text)
    {
        text = default;
        var written = 0;
        var read = 0;
        while (read < json.Length)
        {
            var run = json[read..].IndexOf((byte)'\\');
            if (run != 0)
            {
                var plain = run < 0 ? json[read..] : json.Slice(read, run);
                plain.CopyTo(json[written..]);
                written += plain.Length;
                read += plain.Length;
                continue;
            }

            if (json[read + 1] != 'u')
            {
                json[written++] = Unescape(json[read + 1]);
                read += 2;
                continue;
            }

            if (!TryReadRune(json[read..], out var rune, out var consumed))
            {
                return false;
            }

            written += rune.EncodeToUtf8(json[written..]);
            read += consumed;
        }

        text = json[..written];
        return true;
    }

    /// <summary>Writes text as the inside of a JSON string. Equal texts give equal bytes, whatever escapes they came with.</summary>
    /// <returns>The number of bytes written, at most <see cref="MaxEscapedBytes"/> for each of <paramref name="text"/>.</returns>
    public static int Escape(ReadOnlySpan<byte> text, Span<byte> json)
    {
        var written = 0;
        while (true)
        {
            var run = text.IndexOfAny(NeedEscape);
            if (run < 0)
            {
                text.CopyTo(json[written..]);
                return written + text.Length;
            }

            text[..run].CopyTo(json[written..]);
            written += run;
            written += Escape(text[run], json[written..]);
            text = text[(run + 1)..];
        }
    }

    private static int Escape(byte value, Span<byte> json)
    {
        json[0] = (byte)'\\';
        var letter = value switch
        {
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'"' or (byte)'\\' => value,
            _ => (byte)0,
        };

        if (letter != 0)
        {
            json[1] = letter;
            return 2;
        }

        "u00"u8.CopyTo(json[1..]);
        Utf8Formatter.TryFormat(value, json[4..], out _, new StandardFormat('x', 2));
        return MaxEscapedBytes;
    }

    private static byte Unescape(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => letter,
    };

    private static bool TryReadRune(ReadOnlySpan<byte> escape, out Rune rune, out int consumed)
    {
        var first = ReadUnit(escape);
        consumed = 6;
        if (Rune.TryCreate(first, out rune))
        {
            return true;
        }

        if (!char.IsHighSurrogate(first) || escape.Length < 12 || escape[6] != '\\' || escape[7] != 'u')
        {
            return false;
        }

        consumed = 12;
        return Rune.TryCreate(first, ReadUnit(escape[6..]), out rune);
    }

    private static char ReadUnit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
