using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.Tests.Protocol;

public sealed class MessageBodyTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.FromHours(2));

    [Fact]
    public void A_message_is_encoded_around_its_body()
    {
        var body = MessageBody.Encode("a\"b"u8, "zoë"u8, "hi\n"u8, At, "chat-1");

        var stored = new MessageEncoder("tea").Encode(new RoomMessage { Body = body, Offset = 42 });
        var relayed = new MessageEncoder("tea").Encode(new RoomMessage { Body = body });

        const string Rest = "\"id\":\"a\\\"b\",\"name\":\"zoë\",\"text\":\"hi\\n\",\"at\":\"2026-03-04T03:06:07.089Z\",\"instance\":\"chat-1\"}";
        Assert.Equal("{\"type\":\"message\",\"room\":\"tea\",\"offset\":42," + Rest, Encoding.UTF8.GetString(stored.Payload.Span));
        Assert.Equal("{\"type\":\"message\",\"room\":\"tea\"," + Rest, Encoding.UTF8.GetString(relayed.Payload.Span));
        Assert.Equal(Rest, Encoding.UTF8.GetString(new MessageEncoder("tea").BodyOf(stored)));
    }

    [Theory]
    [InlineData("1", "ada", true)]
    [InlineData("1", "ad", false)]
    [InlineData("", "ada", false)]
    [InlineData("1\",\"name\":\"ada", "x", false)]
    [InlineData("2", "ada", false)]
    public void A_body_is_known_by_its_id_and_sender(string id, string name, bool same) =>
        Assert.Equal(same, MessageBody.IsOf(MessageBody.Encode("1"u8, "ada"u8, "x"u8, At, "chat-1"), id, name));

    [Fact]
    public void The_longest_text_of_the_worst_characters_fits()
    {
        var text = Encoding.UTF8.GetBytes(new string('\u0001', WireProtocol.MaxTextLength));

        var body = MessageBody.Encode(text.AsSpan(0, 64), text.AsSpan(0, 32), text, At, new string('i', 64));

        Assert.True(MessageBody.IsOf(body, new string('\u0001', 64), new string('\u0001', 32)));
    }
}
