using System.Text;
using AspireChat.ChatServer.Protocol;
using CsCheck;

namespace AspireChat.Tests.Protocol;

public sealed class ClientFrameReaderTests
{
    [Fact]
    public void A_send_is_read_with_its_escapes_decoded()
    {
        var error = Read("""{"type":"send","room":"te\u0061","id":"1\"2","text":"a\nb\u00e9\ud83d\ude00","extra":{"deep":[1,2]}}""", out var frame);

        Assert.Null(error);
        Assert.Equal(ClientFrameType.Send, frame.Type);
        Assert.Equal("tea", Encoding.UTF8.GetString(frame.Room));
        Assert.Equal("1\"2", Encoding.UTF8.GetString(frame.Id));
        Assert.Equal("a\nbé😀", Encoding.UTF8.GetString(frame.Text));
        Assert.True(frame.Name.IsEmpty);
    }

    [Fact]
    public void A_join_is_read_with_what_it_leaves_out()
    {
        Assert.Null(Read("""{"type":"join","room":"tea","name":"ada"}""", out var frame));

        Assert.Equal(50, frame.History);
        Assert.True(frame.Presence);
        Assert.Null(frame.Since);
    }

    [Fact]
    public void A_join_is_read_with_all_that_it_can_have()
    {
        Assert.Null(Read(
            """{"type":"join","room":"tea","name":"ada","history":7,"presence":false,"since":{"epoch":"e","offset":9007199254740991,"id":"1","name":"bob"}}""",
            out var frame));

        Assert.Equal(7, frame.History);
        Assert.False(frame.Presence);
        Assert.Equal(new ResumePoint(new("e", 9007199254740991), "1", "bob"), frame.Since);
    }

    [Fact]
    public void A_ping_gives_back_any_json()
    {
        Assert.Null(Read("""{"type":"ping","t":{"a":[1,"\u00e9"]}}""", out var frame));

        Assert.Equal("""{"a":[1,"\u00e9"]}""", Encoding.UTF8.GetString(frame.Echo));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"join\"")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"type\":\"ping\",}")]
    [InlineData("{'type':'ping'}")]
    [InlineData("{\"type\":\"ping\"/**/}")]
    [InlineData("{\"type\":\"ping\",\"type\":\"join\"}")]
    [InlineData("{\"type\":\"ping\",\"t\":1,\"\\u0074\":2}")]
    [InlineData("{\"type\":\"ping\",\"te\\udc00\":1}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"\\ud800\":1}}")]
    [InlineData("{\"type\":\"ping\",\"x\":[[[[[[[[[[1]]]]]]]]]]}")]
    [InlineData("{\"type\":\"ping\",\"t\":\"\\x\"}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"history\":101}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"history\":-1}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"history\":1.5}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"history\":\"1\"}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"history\":{\"a\":1}}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"presence\":1}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"presence\":[true]}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":5}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"epoch\":\"e\"}}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"offset\":1}}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"epoch\":\"e\",\"offset\":-1}}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"epoch\":\"e\",\"offset\":9007199254740992}}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"epoch\":\"e\",\"offset\":1,\"offset\":2}}")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"ada\",\"since\":{\"epoch\":\"\\ud800\",\"offset\":1}}")]
    public void What_is_not_as_the_protocol_describes_it_is_bad_json(string json) => Assert.Equal(ErrorCode.BadJson, Read(json, out _));

    [Fact]
    public void Bytes_that_are_not_utf8_are_bad_json()
    {
        byte[] json = [.. "{\"type\":\"ping\",\"t\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal(ErrorCode.BadJson, ClientFrameReader.Read(json, out _));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":5}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"JOIN\"}")]
    [InlineData("{\"type\":\"welcome\"}")]
    public void A_type_that_no_client_frame_has_is_unknown(string json) => Assert.Equal(ErrorCode.UnknownType, Read(json, out _));

    [Theory]
    [InlineData("""{"type":"leave"}""", "bad_room")]
    [InlineData("""{"type":"leave","room":""}""", "bad_room")]
    [InlineData("""{"type":"leave","room":5}""", "bad_room")]
    [InlineData("""{"type":"leave","room":["tea"]}""", "bad_room")]
    [InlineData("""{"type":"leave","room":"te a"}""", "bad_room")]
    [InlineData("""{"type":"leave","room":"t\u00e9"}""", "bad_room")]
    [InlineData("""{"type":"leave","room":"{tea}"}""", "bad_room")]
    [InlineData("""{"type":"typing","room":"a/b"}""", "bad_room")]
    [InlineData("""{"type":"leave","room":"a:b\r\n"}""", "bad_room")]
    [InlineData("""{"type":"join","room":"tea"}""", "bad_name")]
    [InlineData("""{"type":"join","room":"tea","name":7}""", "bad_name")]
    [InlineData("""{"type":"join","room":"tea","name":"\ud800"}""", "bad_name")]
    [InlineData("""{"type":"send","room":"tea","text":"x"}""", "bad_id")]
    [InlineData("""{"type":"send","room":"tea","id":"","text":"x"}""", "bad_id")]
    [InlineData("""{"type":"send","room":"tea","id":1,"text":"x"}""", "bad_id")]
    [InlineData("""{"type":"send","room":"tea","id":"\udc00","text":"x"}""", "bad_id")]
    [InlineData("""{"type":"send","room":"tea","id":"1"}""", "bad_text")]
    [InlineData("""{"type":"send","room":"tea","id":"1","text":""}""", "bad_text")]
    [InlineData("""{"type":"send","room":"tea","id":"1","text":false}""", "bad_text")]
    [InlineData("""{"type":"send","room":"tea","id":"1","text":"\ud83dx"}""", "bad_text")]
    [InlineData("""{"type":"send","room":"tea","id":"1","text":"x\ude00"}""", "bad_text")]
    [InlineData("""{"type":"send","room":"tea","id":"1","text":"x","name":" "}""", "bad_name")]
    public void Each_member_has_its_error(string json, string code) => Assert.Equal(code, Read(json, out _)?.Code);

    [Fact]
    public void Lengths_are_counted_in_utf16_units()
    {
        Assert.Null(Read(Send(id: new string('é', 64), text: new string('é', 4000)), out _));
        Assert.Equal(ErrorCode.BadText, Read(Send("1", new string('x', 4001)), out _));
        Assert.Equal(ErrorCode.BadId, Read(Send(new string('x', 65), "x"), out _));
        Assert.Null(Read(Send("1", string.Concat(Enumerable.Repeat("😀", 2000))), out _));
        Assert.Equal(ErrorCode.BadText, Read(Send("1", string.Concat(Enumerable.Repeat("😀", 2001))), out _));
        Assert.Null(Read(Send("1", string.Concat(Enumerable.Repeat("\\u0041", 4000))), out _));
    }

    [Fact]
    public void A_refused_frame_still_tells_the_room_and_id_it_is_about()
    {
        Assert.Equal(ErrorCode.BadText, Read("""{"type":"send","room":"tea","id":"1","text":5}""", out var frame));

        Assert.Equal("tea", Encoding.UTF8.GetString(frame.Room));
        Assert.Equal("1", Encoding.UTF8.GetString(frame.Id));
    }

    [Fact]
    public void No_bytes_make_the_reader_throw_or_let_through_what_is_out_of_bounds()
    {
        var fragment = Gen.OneOf(
            Gen.OneOf<string>("{", "}", "[", "]", ":", ",", "\"type\"", "\"room\"", "\"id\"", "\"text\"", "\"name\"", "\"since\"", "\"history\"", "\"send\"", "\"join\"", "\"tea\"", "\\ud800", "\"\\u00", "\"e\"", "null", "1e999", "-", "true", "\""),
            Gen.String[0, 5]);

        fragment.Array[0, 20].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))).Sample(Check, iter: 20_000);
        Gen.Byte.Array[0, 60].Sample(Check, iter: 20_000);

        static bool Check(byte[] json) =>
            ClientFrameReader.Read(json, out var frame) is not null
            || (frame.Room.Length <= 64 && Encoding.UTF8.GetCharCount(frame.Text) <= 4000 && Encoding.UTF8.GetCharCount(frame.Id) <= 64);
    }

    private static string Send(string id, string text) => $$"""{"type":"send","room":"tea","id":"{{id}}","text":"{{text}}"}""";

    private static ErrorCode? Read(string json, out ClientFrame frame) => ClientFrameReader.Read(Encoding.UTF8.GetBytes(json), out frame);
}
