using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Rooms;

public class FanOutTests : TransportTest
{
    [Fact]
    public async Task A_message_reaches_every_member_on_every_instance_with_the_same_bytes()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(first.Hub, settings: ("Chat:Instance", "chat-2"));
        await using var ada = await first.ConnectAsync();
        await using var bob = await second.ConnectAsync();
        await ada.JoinAsync("tea", "ada");
        await bob.JoinAsync("tea", "bob");

        await ada.SayAsync("tea", "1", "hello");

        var frames = new List<TestFrame?> { await bob.NextFrameAsync(), await ada.NextFrameAsync(), await ada.NextFrameAsync() };
        var message = frames[0]!.Json;
        Assert.Equal("message", message.GetProperty("type").GetString());
        Assert.Equal("tea", message.GetProperty("room").GetString());
        Assert.Equal(1, message.GetProperty("offset").GetInt64());
        Assert.Equal("1", message.GetProperty("id").GetString());
        Assert.Equal("ada", message.GetProperty("name").GetString());
        Assert.Equal("hello", message.GetProperty("text").GetString());
        Assert.Equal("chat-1", message.GetProperty("instance").GetString());
        Assert.EndsWith("Z", message.GetProperty("at").GetString(), StringComparison.Ordinal);
        Assert.Contains(frames.Skip(1), frame => frame!.Payload.AsSpan().SequenceEqual(frames[0]!.Payload));
        Assert.Contains(frames.Skip(1), frame => frame!.Json.GetProperty("type").GetString() == "ack");
    }
}
