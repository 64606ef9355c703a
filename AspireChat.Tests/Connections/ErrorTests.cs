using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Connections;

public class ErrorTests : TransportTest
{
    [Theory]
    [InlineData("{", "bad_json")]
    [InlineData("{\"type\":\"ping\",\"te\\udc00\":1}", "bad_json")]
    [InlineData("{\"type\":\"nonsense\"}", "unknown_type")]
    [InlineData("{\"type\":\"join\",\"room\":\"no room\",\"name\":\"ada\"}", "bad_room")]
    [InlineData("{\"type\":\"join\",\"room\":\"tea\",\"name\":\"\\u202eada\"}", "bad_name")]
    [InlineData("{\"type\":\"send\",\"room\":\"tea\",\"id\":\"1\",\"name\":\"ada\",\"text\":\"\"}", "bad_text")]
    [InlineData("{\"type\":\"send\",\"room\":\"tea\",\"id\":\"\",\"name\":\"ada\",\"text\":\"x\"}", "bad_id")]
    [InlineData("{\"type\":\"send\",\"room\":\"tea\",\"id\":\"1\",\"text\":\"x\"}", "not_joined")]
    [InlineData("{\"type\":\"leave\",\"room\":\"tea\"}", "not_joined")]
    [InlineData("{\"type\":\"typing\",\"room\":\"tea\"}", "not_joined")]
    public async Task Bad_input_gets_its_code_and_the_connection_lives_on(string frame, string code)
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendTextAsync(frame);
        Assert.Equal(code, (await client.NextAsync("error")).GetProperty("code").GetString());

        await client.SendAsync(new { type = "ping", t = 1 });
        await client.NextAsync("pong");
    }

    [Fact]
    public async Task An_error_tells_the_room_and_the_id_it_is_about()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SayAsync("tea", "42", "x");

        var error = await client.NextAsync("error");
        Assert.Equal("tea", error.GetProperty("room").GetString());
        Assert.Equal("42", error.GetProperty("id").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_room_is_joined_once_and_left_once()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("tea", "ada");

        await client.SendAsync(new { type = "join", room = "tea", name = "ada" });
        Assert.Equal("already_joined", (await client.NextAsync("error")).GetProperty("code").GetString());
        await client.SendAsync(new { type = "leave", room = "tea" });
        Assert.Equal("tea", (await client.NextAsync("left")).GetProperty("room").GetString());
        await client.SendAsync(new { type = "leave", room = "tea" });
        Assert.Equal("not_joined", (await client.NextAsync("error")).GetProperty("code").GetString());
        await client.JoinAsync("tea", "ada");
    }

    [Fact]
    public async Task Rooms_of_one_connection_are_bounded()
    {
        await using var server = await StartAsync(settings: ("Chat:Limits:RoomsPerConnection", "2"));
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("a", "ada");
        await client.JoinAsync("b", "ada");

        await client.SendAsync(new { type = "join", room = "c", name = "ada" });
        Assert.Equal("too_many_rooms", (await client.NextAsync("error")).GetProperty("code").GetString());
        await client.SendAsync(new { type = "leave", room = "a" });
        await client.NextAsync("left");
        await client.JoinAsync("c", "ada");
    }

    [Fact]
    public async Task One_id_with_two_texts_is_a_conflict_and_with_the_same_text_the_same_message()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SayAsync("tea", "1", "é", "ada");
        var first = await client.NextAsync("ack");
        await client.SendTextAsync("""{"type":"send","room":"tea","id":"1","name":"ada","text":"\u00e9"}""");
        var second = await client.NextAsync("ack");
        await client.SayAsync("tea", "1", "e", "ada");
        var conflict = await client.NextAsync("error");

        Assert.Equal(1, first.GetProperty("offset").GetInt64());
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal("id_conflict", conflict.GetProperty("code").GetString());
        Assert.Equal(1, server.Hub.Room("tea").Top);
    }

    [Fact]
    public async Task Whoever_has_joined_sends_under_the_name_he_joined_with()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("tea", "ada");

        await client.SayAsync("tea", "1", "x", "bob");
        Assert.Equal("bad_name", (await client.NextAsync("error")).GetProperty("code").GetString());
        await client.SayAsync("tea", "1", "x", "ada");
        Assert.Equal("ada", (await client.SkipToAsync("message")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task While_the_backplane_is_away_joins_and_sends_are_unavailable_and_leave_nothing_behind()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        server.Hub.IsDown = true;
        await client.SendAsync(new { type = "join", room = "tea", name = "ada" });
        Assert.Equal("unavailable", (await client.NextAsync("error")).GetProperty("code").GetString());
        await client.SayAsync("tea", "1", "x", "ada");
        Assert.Equal("unavailable", (await client.NextAsync("error")).GetProperty("code").GetString());
        await Eventually.Is("the room is forgotten", () => server.Rooms.Count == 0);
        server.Hub.IsDown = false;

        await client.SayAsync("tea", "1", "x", "ada");
        await client.NextAsync("ack");
        var joined = await client.JoinAsync("tea", "ada");
        Assert.Equal(1, joined.GetProperty("memberCount").GetInt32());
        Assert.Equal("x", joined.GetProperty("messages")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_instance_that_has_no_backplane_yet_says_unavailable()
    {
        await using var server = await StartAsync(mode: null);
        await using var client = await server.ConnectAsync();

        await client.SendAsync(new { type = "join", room = "tea", name = "ada" });
        Assert.Equal("unavailable", (await client.NextAsync("error")).GetProperty("code").GetString());

        await server.SwitchAsync(BackplaneMode.PubSub, version: 1);
        Assert.Equal("pubsub", (await client.NextAsync("backplane")).GetProperty("mode").GetString());
        await client.JoinAsync("tea", "ada");
    }

    [Fact]
    public async Task Sends_past_the_rate_are_refused_and_can_be_sent_again()
    {
        await using var server = await StartAsync(settings: ("Chat:Limits:SendsPerSecond", "2"));
        await using var client = await server.ConnectAsync();

        var acks = 0;
        var refused = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            await client.SayAsync("tea", $"{i}", "x", "ada");
        }

        for (var i = 0; i < 8; i++)
        {
            var answer = (await client.NextFrameAsync())!.Json;
            acks += answer.GetProperty("type").GetString() == "ack" ? 1 : 0;
            if (answer.TryGetProperty("code", out var code))
            {
                Assert.Equal("rate_limited", code.GetString());
                refused.Add(answer.GetProperty("id").GetString()!);
            }
        }

        Assert.InRange(acks, 4, 7);

        // Two places a second come free; whoever asked more often would be closed for it.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await client.SayAsync("tea", refused[0], "x", "ada");
        await client.NextAsync("ack");
    }

    [Fact]
    public async Task Fragments_and_control_frames_between_them_make_one_message()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        await client.SendFrameAsync(0x01, "{\"type\":\"pi"u8);
        await client.SendFrameAsync(0x89, "are you there"u8);
        var pong = await client.NextFrameAsync();
        await client.SendFrameAsync(0x00, ""u8);
        await client.SendFrameAsync(0x80, "ng\",\"t\":\"\\u00e9\"}"u8);

        Assert.Equal((TestFrame.PongOpcode, "are you there"), (pong!.Opcode, pong.Text));
        Assert.Equal("""{"type":"pong","t":"\u00e9"}""", (await client.NextAsync("pong")).GetRawText());
    }

    [Fact]
    public async Task A_frame_of_exactly_the_limit_is_read()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();
        var t = new string('x', (64 * 1024) - "{\"type\":\"ping\",\"t\":\"\"}".Length);

        await client.SendFrameAsync(0x81, Encoding.UTF8.GetBytes($"{{\"type\":\"ping\",\"t\":\"{t}\"}}"));

        Assert.Equal(t, (await client.NextAsync("pong")).GetProperty("t").GetString());
    }
}
