using System.Text;
using System.Text.Json;
using AspireChat.ChatServer.Protocol;
using CsCheck;

namespace AspireChat.Tests.Protocol;

public sealed class JsonTextTests
{
    /// <summary>Text without halves of surrogate pairs, rich in what needs escapes.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char['\0', '"'].Select(c => c.ToString()),
        Gen.Char['#', '\ud7ff'].Select(c => c.ToString()),
        Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32),
        Gen.OneOf<string>("\\", "\"", "\\u0041", "\u2028", "é")).Array[0, 30].Select(string.Concat);

    [Fact]
    public void An_escaped_text_is_read_back_by_any_json_reader() => Texts.Sample(text => JsonSerializer.Deserialize<string>(Quoted(text)) == text);

    [Fact]
    public void What_any_json_writer_escapes_is_decoded() => Texts.Sample(text =>
    {
        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)[1..^1]);
        return JsonText.TryUnescape(json, out var decoded) && Encoding.UTF8.GetString(decoded) == text;
    });

    [Fact]
    public void Only_what_has_to_be_is_escaped() => Assert.Equal(
        "\"é😀\u2028</script>\\\"\\\\\\n\\u0000\"", Encoding.UTF8.GetString(Quoted("é😀\u2028</script>\"\\\n\0")));

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\ud800x")]
    [InlineData("\\ud800\\n")]
    [InlineData("\\ud800\\u0041")]
    [InlineData("\\ud800\\ud800")]
    [InlineData("x\\udc00")]
    public void Half_a_surrogate_pair_is_no_text(string json) => Assert.False(JsonText.TryUnescape(Encoding.UTF8.GetBytes(json), out _));

    private static byte[] Quoted(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var json = new byte[utf8.Length * JsonText.MaxEscapedBytes];
        return [(byte)'"', .. json[..JsonText.Escape(utf8, json)], (byte)'"'];
    }
}
