using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Connections;

public class CloseTests : TransportTest
{
    [Theory]
    [InlineData(new byte[0], 1000)]
    [InlineData(new byte[] { 0x03, 0xE8 }, 1000)]
    [InlineData(new byte[] { 0x0F, 0xA1, (byte)'b', (byte)'y', (byte)'e' }, 4001)]
    [InlineData(new byte[] { 0x03 }, 1002)]
    [InlineData(new byte[] { 0x03, 0xEC }, 1002)]
    [InlineData(new byte[] { 0x03, 0xED }, 1002)]
    [InlineData(new byte[] { 0x03, 0xE7 }, 1002)]
    [InlineData(new byte[] { 0x03, 0xE8, 0xC3, 0x28 }, 1002)]
    public async Task A_client_s_close_is_answered(byte[] payload, int code)
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendFrameAsync(0x88, payload);

        var close = await client.NextFrameAsync();
        Assert.Equal(TestFrame.CloseOpcode, close!.Opcode);
        Assert.Equal(code, close.CloseCode);
        Assert.Null(await client.NextFrameAsync());
        await Eventually.Is("the connection is gone", () => server.Connections.Count == 0);
    }

    [Theory]
    [InlineData("a binary frame", 1003, new byte[] { 0x82, 0x85, 1, 2, 3, 4 })]
    [InlineData("bytes that are no frame", 1002, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData("an unmasked frame", 1002, new byte[] { 0x81, 0x02, (byte)'{', (byte)'}' })]
    [InlineData("the header of a frame of 64 KiB and a byte", 1009, new byte[] { 0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 1 })]
    [InlineData("text that is not UTF-8", 1007, new byte[] { 0x81, 0x82, 0, 0, 0, 0, 0xC3, 0x28 })]
    public async Task What_cannot_be_read_closes_the_connection(string what, int code, byte[] bytes)
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendRawAsync(bytes);

        var close = await client.NextFrameAsync();
        Assert.True(close is { Opcode: TestFrame.CloseOpcode } && close.CloseCode == code, $"{what}: {close?.Text}");
    }

    [Fact]
    public async Task Fragments_past_the_limit_together_are_too_big()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendFrameAsync(0x01, new byte[40 * 1024]);
        await client.SendFrameAsync(0x80, new byte[30 * 1024]);

        Assert.Equal(1009, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task A_close_arrives_even_at_a_client_that_is_still_sending()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendFrameAsync(0x81, new byte[500 * 1024]);

        Assert.Equal(1009, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_answer_a_close_is_cut_off()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendFrameAsync(0x82, "x"u8);

        Assert.Equal(1003, (await client.NextFrameAsync())!.CloseCode);
        Assert.Null(await client.NextFrameAsync());
    }

    [Fact]
    public async Task Ten_errors_in_ten_seconds_are_too_many()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        for (var i = 0; i < 9; i++)
        {
            await client.SendTextAsync("nonsense");
            await client.NextAsync("error");
        }

        await client.SendAsync(new { type = "ping" });
        await client.NextAsync("pong");
        await client.SendTextAsync("nonsense");
        await client.NextAsync("error");
        Assert.Equal(4500, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task A_client_that_keeps_sending_past_the_rate_is_closed()
    {
        await using var server = await StartAsync(settings: ("Chat:Limits:SendsPerSecond", "1"));
        await using var client = await server.ConnectAsync();

        for (var i = 0; i < 40; i++)
        {
            await client.SayAsync("tea", $"{i}", "x", "ada");
        }

        Assert.Equal(4503, await client.ReadCloseAsync());
    }

    [Fact]
    public async Task A_connection_that_says_nothing_valid_is_closed_in_time()
    {
        await using var server = await StartAsync(settings: ("Chat:Connections:SilentSeconds", "1"));
        await using var silent = await server.ConnectAsync();
        await using var speaking = await server.ConnectAsync();
        await speaking.SendAsync(new { type = "ping" });
        await silent.SendTextAsync("nonsense");
        await silent.NextAsync("error");

        Assert.Equal(4001, await silent.ReadCloseAsync());

        await speaking.NextAsync("pong");
        await speaking.SendAsync(new { type = "ping" });
        await speaking.NextAsync("pong");
    }

    [Fact]
    public async Task A_peer_that_answers_no_ping_is_closed_and_one_that_does_lives_on()
    {
        await using var server = await StartAsync(settings: ("Chat:Connections:PingSeconds", "1"));
        await using var dead = await server.ConnectAsync();
        await using var alive = await server.ConnectAsync();
        dead.AnswersPings = false;
        await dead.SendAsync(new { type = "ping" });
        await dead.NextAsync("pong");
        await alive.SendAsync(new { type = "ping" });
        await alive.NextAsync("pong");

        var answering = alive.NextFrameAsync();
        var frames = new List<TestFrame>();
        while (await dead.NextFrameAsync() is { } frame)
        {
            frames.Add(frame);
        }

        Assert.Equal(TestFrame.PingOpcode, frames[0].Opcode);
        Assert.Equal((TestFrame.CloseOpcode, 4001), (frames[^1].Opcode, frames[^1].CloseCode));
        Assert.False(answering.IsCompleted);
        await alive.SendAsync(new { type = "ping", t = 2 });
        Assert.Contains("pong", (await answering)!.Text, StringComparison.Ordinal);
    }
}
