using System.Text;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

public class RawFrameParserTests
{
    private readonly SendIds _ids = new();

    [Fact]
    public void A_message_of_this_run_tells_its_send()
    {
        var frame = Parse($$"""{"type":"message","room":"r","offset":7,"id":"{{_ids.Of(255)}}","name":"audit-1","text":"hi","at":"2026-01-02T03:04:05Z","instance":"chat-1"}""");

        var message = Assert.IsType<RawMessage>(frame);
        Assert.Equal(new SeenMessage(255, Digest.Of("audit-1", "hi"), 7), message.Seen);
    }

    [Fact]
    public void A_message_of_somebody_else_is_foreign()
    {
        var frame = Parse("""{"type":"message","room":"r","id":"x","name":"eve","text":"hi","at":"2026-01-02T03:04:05Z","instance":"chat-1"}""");

        var message = Assert.IsType<RawMessage>(frame);
        Assert.Equal(new SeenMessage(null, Digest.Of("eve", "hi"), null, "eve/x"), message.Seen);
    }

    [Fact]
    public void Name_and_text_are_told_apart_in_the_digest()
    {
        Assert.NotEqual(Digest.Of("ab", "c"), Digest.Of("a", "bc"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"room":"r"}""")]
    [InlineData("""{"type":"news"}""")]
    [InlineData("""{"type":"message","room":"r","offset":0,"id":"x","name":"n","text":"t","at":"2026-01-02T03:04:05Z","instance":"i"}""")]
    [InlineData("""{"type":"message","room":"r","offset":9007199254740992,"id":"x","name":"n","text":"t","at":"2026-01-02T03:04:05Z","instance":"i"}""")]
    [InlineData("""{"type":"message","room":"r","offset":1,"id":"x","name":"n","at":"2026-01-02T03:04:05Z","instance":"i"}""")]
    [InlineData("""{"type":"message","room":"r","offset":1,"id":"x","name":"n","text":"t","at":"2026-01-02T03:04:05+01:00","instance":"i"}""")]
    [InlineData("""{"type":"ack","room":"r","id":"x","offset":1}""")]
    [InlineData("""{"type":"joined","room":"r","recovered":true,"messages":[]}""")]
    [InlineData("""{"type":"resync","room":"r","position":{"epoch":"","offset":1},"messages":[]}""")]
    [InlineData("""{"type":"backplane","mode":"carrier pigeon"}""")]
    [InlineData("""{"type":"welcome","protocol":2,"instance":"i","backplane":"stream"}""")]
    public void A_frame_that_is_not_as_the_protocol_says_is_broken(string json)
    {
        Assert.Throws<BrokenFrameException>(() => Parse(json));
    }

    private RawFrame Parse(string json) => new RawFrameParser(_ids).Parse(Encoding.UTF8.GetBytes(json));
}
