using System.Text;
using static AspireChat.Tests.Conformance.Wire;

namespace AspireChat.Tests.Conformance.Cases;

/// <summary>What is text, however it is cut, and what is none.</summary>
internal static class Utf8Cases
{
    private static readonly (string What, string Text)[] Valid =
    [
        ("Greek", "κόσμε"), ("three bytes", "水€"), ("four bytes", "😀𐍈"), ("U+0080", "\u0080"), ("U+07FF", "\u07ff"), ("U+0800", "\u0800"),
        ("U+D7FF", "\ud7ff"), ("U+E000", "\ue000"), ("U+FFFD", "\ufffd"), ("U+FFFE, no character", "\ufffe"), ("U+FFFF, no character", "\uffff"),
        ("U+10000", "\U00010000"), ("U+10FFFF", "\U0010ffff"), ("a byte order mark", "a\ufeffb"),
    ];

    private static readonly (string What, byte[] Bytes)[] Invalid =
    [
        ("a lone continuation 80", [0x80]), ("a lone continuation BF", [0xBF]), ("C0, which begins nothing", [0xC0]), ("C1, which begins nothing", [0xC1, 0xBF]),
        ("F5, which begins nothing", [0xF5, 0x80, 0x80, 0x80]), ("FE", [0xFE]), ("FF", [0xFF]), ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
        ("an overlong slash of two bytes", [0xC0, 0xAF]), ("an overlong slash of three bytes", [0xE0, 0x80, 0xAF]),
        ("an overlong slash of four bytes", [0xF0, 0x80, 0x80, 0xAF]), ("an overlong U+07FF", [0xE0, 0x9F, 0xBF]), ("an overlong U+FFFF", [0xF0, 0x8F, 0xBF, 0xBF]),
        ("a high surrogate", [0xED, 0xA0, 0x80]), ("a low surrogate", [0xED, 0xBF, 0xBF]), ("a pair of surrogates", [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80]),
        ("U+110000", [0xF4, 0x90, 0x80, 0x80]), ("two bytes cut short", [0xCE]), ("three bytes cut short", [0xE2, 0x82]), ("four bytes cut short", [0xF0, 0x9F, 0x98]),
        ("two bytes cut short by a letter", [0xC3, 0x28]), ("a good beginning and a bad end", [.. "κόσμε"u8, 0xED, 0xA0, 0x80, .. "edited"u8]),
    ];

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var (what, text) in Valid)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            yield return new("8.1", $"Text with {what} is text", [Text(Echo(text))], [Echoed(text)]);
            yield return new("8.1", $"Text with {what} is text though every byte is a fragment", Fragments([.. Echo(bytes).Select(one => (byte[])[one])]), [Echoed(text)]);
        }

        foreach (var (what, bytes) in Invalid)
        {
            yield return new("8.1", $"Text with {what} is none", [Text(Echo(bytes))], [Answer.Close(1007)]);
            yield return new("8.1", $"Text that ends with {what} is none", [Text(bytes)], [Answer.Close(1007)]);
            yield return new("8.1", $"Text with {what} is none though every byte is a fragment", Fragments([.. bytes.Select(one => (byte[])[one])]), [Answer.Close(1007)]);
        }

        yield return new("8.1", "A character may be cut by a fragment and a ping", [Fragments(Echo("€")[..21], [1])[0], Ping([]), Fragments([], Echo("€")[21..])[1]],
            [Answer.Pong([]), Echoed("€")]);

        // As soon as it shows: these messages never end.
        yield return new("8.1", "A first fragment that cannot be text is told before the next", Fragments([.. "abc"u8, 0xFF], [])[..1], [Answer.Close(1007)]);
        yield return new("8.1", "A second fragment that cannot be text is told before the last", Fragments("abc"u8.ToArray(), [0xED, 0xA0], [])[..2], [Answer.Close(1007)]);
        yield return new("8.1", "A character whose second fragment does not go on is told before the last", Fragments([0xE2, 0x82], "a"u8.ToArray(), [])[..2], [Answer.Close(1007)]);
    }
}
