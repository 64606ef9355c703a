using AspireChat.Client;
using AspireChat.Client.Connections;

namespace AspireChat.Tests.Client;

public class ReconnectTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(ChatCloseCodes.GoingAway)]
    [InlineData(1011)]
    [InlineData(ChatCloseCodes.SlowConsumer)]
    [InlineData(ChatCloseCodes.PingTimeout)]
    [InlineData(ChatCloseCodes.Rebalancing)]
    [InlineData(4999)]
    public async Task After_these_closes_the_client_comes_back_and_resumes(int code)
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        await first.MessageAsync(1);
        await joining;

        await first.CloseAsync(code);
        var second = await server.WelcomeNextAsync();
        var join = await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":1}""");

        Assert.Equal(1, join.GetProperty("since").GetProperty("offset").GetInt64());
    }

    [Theory]
    [InlineData(ChatCloseCodes.BinaryFrame)]
    [InlineData(ChatCloseCodes.FrameTooBig)]
    [InlineData(ChatCloseCodes.ProtocolError)]
    [InlineData(ChatCloseCodes.Unauthorized)]
    public async Task After_these_closes_the_client_stays_away_and_tells(int code)
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;
        var events = room.Read();
        await events.NextAsync<RoomJoined>();

        await connection.CloseAsync(code, "no more");

        var ended = await Assert.ThrowsAsync<ChatClosedException>(() => client.Completion.SoonAsync());
        Assert.Equal(code, ended.CloseCode);
        Assert.Equal($"The server ended this client: The server closed the connection with code {code} (no more).", ended.Message);
        await events.NextAsync<RoomInterrupted>();
        Assert.Same(ended, await Assert.ThrowsAsync<ChatClosedException>(events.EndAsync));
        Assert.Same(ended, client.Status.Cause);
        await Assert.ThrowsAsync<SendUnconfirmedException>(() => room.SendAsync("hello", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Breaking_the_rate_limit_costs_a_pause_of_five_seconds_and_more()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);

        await first.CloseAsync(ChatCloseCodes.RateLimited);
        var status = await client.StatusAsync(status => status.State == ConnectionState.Reconnecting);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(5.125));
        time.Advance(TimeSpan.FromSeconds(5.125));
        await server.WelcomeNextAsync();

        Assert.Equal(TimeSpan.FromSeconds(5.125), status.RetryAfter);
    }

    [Fact]
    public void Waiting_is_full_jitter_under_a_doubling_ceiling_of_30_seconds_at_most()
    {
        double[] ceilings = [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30];

        Assert.Equal(ceilings, Enumerable.Range(0, 9).Select(n => new Backoff(() => 1).After(n).TotalSeconds));
        Assert.Equal(30, new Backoff(() => 1).After(int.MaxValue).TotalSeconds);
        Assert.Equal([4, 5, 5], new[] { 4, 5, 60 }.Select(n => new Backoff(() => 1).AfterRefusal(n).TotalSeconds));
        Assert.Equal(0, new Backoff(() => 0).After(5).TotalSeconds);
        Assert.Equal(4, new Backoff(() => 0.5).After(5).TotalSeconds);
    }

    [Fact]
    public async Task Each_failure_doubles_the_ceiling_and_the_client_waits_just_so_long()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);
        for (var i = 0; i < 3; i++)
            server.RefuseNext(503);

        first.Abort();
        foreach (var seconds in new[] { 0.125, 0.25, 0.5, 1 })
        {
            var wait = TimeSpan.FromSeconds(seconds);
            await time.WaitBegunAsync(wait);
            time.Advance(wait - TimeSpan.FromTicks(1));
            Assert.Equal((ConnectionState.Reconnecting, wait), (client.Status.State, client.Status.RetryAfter));
            time.Advance(TimeSpan.FromTicks(1));
        }

        await server.WelcomeNextAsync();
        await client.StatusAsync(status => status.State == ConnectionState.Connected);
    }

    [Fact]
    public async Task A_server_that_welcomes_and_drops_is_not_hammered()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);

        foreach (var seconds in new[] { 0.125, 0.25, 0.5 })
        {
            connection.Abort();
            await time.WaitBegunAsync(TimeSpan.FromSeconds(seconds));
            time.Advance(TimeSpan.FromSeconds(seconds));
            connection = await server.WelcomeNextAsync();
            await client.StatusAsync(status => status.State == ConnectionState.Connected);
        }

        // One that held for 10 s makes the next failure a first one again.
        time.Advance(TimeSpan.FromSeconds(10));
        connection.Abort();
        await time.WaitBegunAsync(TimeSpan.FromSeconds(0.125));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_move_is_left_when_the_time_has_come()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        await joining;

        await first.SendAsync("""{"type":"reconnect","reason":"rebalancing","afterMs":700}""");
        await time.WaitBegunAsync(TimeSpan.FromMilliseconds(700));
        await first.MessageAsync(1);
        await (await joining).Read().NextAsync<RoomJoined>();
        time.Advance(TimeSpan.FromMilliseconds(700));
        await first.ReceiveCloseAsync();
        var second = await server.WelcomeNextAsync();
        var join = await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":1}""");

        Assert.Equal(1000, first.ClosedWith);
        Assert.Equal(1, join.GetProperty("since").GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task A_server_that_closes_before_the_time_it_gave_is_not_come_back_to_early()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);

        await first.SendAsync("""{"type":"reconnect","reason":"draining","afterMs":700}""");
        await time.WaitBegunAsync(TimeSpan.FromMilliseconds(700));
        time.Advance(TimeSpan.FromMilliseconds(300));
        await first.CloseAsync(ChatCloseCodes.GoingAway);

        await time.WaitBegunAsync(TimeSpan.FromMilliseconds(400));
        Assert.Equal(TimeSpan.FromMilliseconds(400), client.Status.RetryAfter);
        time.Advance(TimeSpan.FromMilliseconds(400));
        await server.WelcomeNextAsync();
    }

    [Fact]
    public async Task A_silent_server_is_pinged_and_then_left()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, pingSeconds: 20);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(20));

        time.Advance(TimeSpan.FromSeconds(20));
        await first.ReceiveAsync("ping");
        time.Advance(TimeSpan.FromSeconds(20));
        var second = await server.NextAsync();

        Assert.Contains("silent for 40 s", client.Status.Cause!.Message, StringComparison.Ordinal);
        await second.WelcomeAsync();
    }

    [Fact]
    public async Task A_server_that_answers_pings_is_kept()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, pingSeconds: 20);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(20));
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();

        for (var i = 1; i <= 4; i++)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            await connection.ReceiveAsync("ping");
            await connection.SendAsync("""{"type":"pong"}""");
            await connection.MessageAsync(i);
            await events.ExpectOffsetsAsync(i);
        }

        Assert.Equal(ConnectionState.Connected, client.Status.State);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":"message","room":"lobby"}""")]
    [InlineData("""{"type":"message","room":"lobby","offset":"1","id":"m1","name":"bob","text":"hi","at":"2026-01-02T03:04:05Z","instance":"chat-2"}""")]
    public async Task A_server_that_breaks_the_protocol_is_left_for_another(string frame)
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();

        await first.SendAsync(frame);
        var second = await server.NextAsync();

        Assert.IsType<ChatProtocolException>(client.Status.Cause);
        await second.WelcomeAsync();
    }

    [Fact]
    public async Task A_binary_frame_breaks_the_protocol()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();

        await first.SendBinaryAsync([1, 2, 3]);
        await server.NextAsync();

        Assert.Contains("binary", client.Status.Cause!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_beyond_the_limit_is_not_buffered()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync(server.Options with { MaxFrameBytes = 1024 * 1024 });

        var sending = first.SendAsync(new string(' ', 2 * 1024 * 1024));
        await server.NextAsync();

        Assert.Contains("more than 1048576 bytes", client.Status.Cause!.Message, StringComparison.Ordinal);
        await sending.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
