using AspireChat.Client;

namespace AspireChat.Tests.Client;

public class SendTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_send_returns_with_its_place()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;

        var sending = room.SendAsync("héllo ☃ \"quoted\"", cancellationToken: Cancellation);
        var send = await connection.ReceiveAsync("send");
        await connection.AckAsync(send, offset: 17);

        var receipt = await sending.SoonAsync();
        Assert.Equal(("lobby", "héllo ☃ \"quoted\""), (send.GetProperty("room").GetString(), send.GetProperty("text").GetString()));
        Assert.False(send.TryGetProperty("name", out _));
        Assert.Equal(new SendReceipt("lobby", send.GetProperty("id").GetString()!, new StreamPosition("e1", 17), 1), receipt);
    }

    [Fact]
    public async Task Ids_hold_128_random_bits()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var ids = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
            var send = await connection.ReceiveAsync("send");
            await connection.AckAsync(send);
            ids.Add((await sending.SoonAsync()).Id);
        }

        Assert.Equal(20, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{22}$", id));
    }

    [Fact]
    public async Task A_client_that_has_not_joined_sends_under_its_name()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(backplane: "pubsub");

        var sending = client.SendAsync("lobby", "hello", "my-id", Cancellation);
        var send = await connection.ReceiveAsync("send");
        await connection.SendAsync("""{"type":"ack","room":"lobby","id":"my-id"}""");

        Assert.Equal("ada", send.GetProperty("name").GetString());
        Assert.Equal(new SendReceipt("lobby", "my-id", null, 1), await sending.SoonAsync());
    }

    [Fact]
    public async Task An_unavailable_server_is_asked_again_with_the_same_id()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        var first = await connection.ReceiveAsync("send");
        await connection.RefuseAsync(first, ChatErrorCodes.Unavailable);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(0.125));
        time.Advance(TimeSpan.FromSeconds(0.125));
        var second = await connection.ReceiveAsync("send");
        await connection.RefuseAsync(second, ChatErrorCodes.Unavailable);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(0.25));
        time.Advance(TimeSpan.FromSeconds(0.25));
        var third = await connection.ReceiveAsync("send");
        await connection.AckAsync(third);

        Assert.Equal(3, (await sending.SoonAsync()).Attempts);
        Assert.Single(new[] { first, second, third }.Select(send => send.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task A_broken_connection_sends_again_with_the_same_id_on_the_next()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        var before = await first.ReceiveAsync("send");
        first.Abort();
        var second = await server.WelcomeNextAsync();
        var after = await second.ReceiveAsync("send");
        await second.AckAsync(after, offset: 3);

        Assert.Equal(before.GetProperty("id").GetString(), after.GetProperty("id").GetString());
        Assert.Equal((3, 2), ((await sending.SoonAsync()).Position!.Value.Offset, (await sending).Attempts));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_asked_for_again_where_the_connection_lives()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time });

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        var first = await connection.ReceiveAsync("send");
        await time.WaitBegunAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(4));
        await connection.SendAsync("""{"type":"backplane","mode":"pubsub"}""");
        await Eventually.Is("the client has heard of the switch", () => client.Backplane == BackplaneMode.PubSub);
        time.Advance(TimeSpan.FromSeconds(1));
        var second = await connection.ReceiveAsync("send");
        await connection.AckAsync(second);

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(2, (await sending.SoonAsync()).Attempts);
    }

    [Fact]
    public async Task A_connection_that_is_wholly_silent_on_a_send_is_left()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time });

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        await first.ReceiveAsync("send");
        await time.WaitBegunAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        var second = await server.WelcomeNextAsync();
        await second.AckAsync(await second.ReceiveAsync("send"));

        Assert.Equal(2, (await sending.SoonAsync()).Attempts);
    }

    [Fact]
    public async Task A_late_acknowledgement_of_an_earlier_attempt_counts()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        var send = await connection.ReceiveAsync("send");
        await connection.RefuseAsync(send, ChatErrorCodes.Unavailable);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(0.125));
        await connection.AckAsync(send, offset: 5);
        time.Advance(TimeSpan.FromSeconds(0.125));

        Assert.Equal(5, (await sending.SoonAsync()).Position!.Value.Offset);
    }

    [Fact]
    public async Task Order_is_kept_across_retries()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var sendings = Enumerable.Range(0, 5).Select(i => client.SendAsync("lobby", $"{i}", cancellationToken: Cancellation)).ToArray();
        for (var i = 0; i < 5; i++)
        {
            await connection.RefuseAsync(await TextAsync(i), ChatErrorCodes.Unavailable);
            await connection.AckAsync(await TextAsync(i), offset: i + 1);
        }

        Assert.Equal([1, 2, 3, 4, 5], (await Task.WhenAll(sendings).SoonAsync()).Select(receipt => receipt.Position!.Value.Offset));

        async Task<System.Text.Json.JsonElement> TextAsync(int i)
        {
            var send = await connection.ReceiveAsync("send");
            Assert.Equal($"{i}", send.GetProperty("text").GetString());
            return send;
        }
    }

    [Fact]
    public async Task Rooms_do_not_wait_for_each_other()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var stuck = client.SendAsync("one", "hello", cancellationToken: Cancellation);
        var unanswered = await connection.ReceiveAsync("send");
        var free = client.SendAsync("two", "hello", cancellationToken: Cancellation);
        await connection.AckAsync(await connection.ReceiveAsync("send"));

        await free.SoonAsync();
        Assert.False(stuck.IsCompleted);
        await connection.AckAsync(unanswered);
        await stuck.SoonAsync();
    }

    [Fact]
    public async Task More_in_flight_are_sent_without_waiting()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { SendsInFlight = 3 });

        var sendings = Enumerable.Range(0, 3).Select(i => client.SendAsync("lobby", $"{i}", cancellationToken: Cancellation)).ToArray();
        for (var i = 0; i < 3; i++)
            Assert.Equal($"{i}", (await connection.ReceiveAsync("send")).GetProperty("text").GetString());

        Assert.DoesNotContain(sendings, sending => sending.IsCompleted);
    }

    [Fact]
    public async Task A_queue_that_is_full_says_so_at_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { SendQueueCapacity = 1 });
        var first = client.SendAsync("lobby", "1", cancellationToken: Cancellation);
        var second = client.SendAsync("lobby", "2", cancellationToken: Cancellation);

        var e = await Assert.ThrowsAsync<SendQueueFullException>(() => client.SendAsync("lobby", "3", cancellationToken: Cancellation));

        Assert.Equal("The send queue of room 'lobby' is full: 1 messages wait already. Await earlier sends, or raise SendQueueCapacity.", e.Message);
        await connection.AckAsync(await connection.ReceiveAsync("send"));
        await connection.AckAsync(await connection.ReceiveAsync("send"));
        await Task.WhenAll(first, second).SoonAsync();
    }

    [Fact]
    public async Task A_send_cancelled_in_the_queue_never_leaves_and_the_others_go_on()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        using var cancel = new CancellationTokenSource();
        var first = client.SendAsync("lobby", "1", cancellationToken: Cancellation);
        var cancelled = client.SendAsync("lobby", "2", cancellationToken: cancel.Token);
        var third = client.SendAsync("lobby", "3", cancellationToken: Cancellation);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.SoonAsync());
        await connection.AckAsync(await connection.ReceiveAsync("send"));
        var next = await connection.ReceiveAsync("send");
        await connection.AckAsync(next);

        Assert.Equal("3", next.GetProperty("text").GetString());
        await Task.WhenAll(first, third).SoonAsync();
    }

    [Theory]
    [InlineData(ChatErrorCodes.IdConflict)]
    [InlineData(ChatErrorCodes.BadText)]
    [InlineData(ChatErrorCodes.Forbidden)]
    public async Task A_refusal_for_good_is_told_and_not_tried_again(string code)
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var refused = client.SendAsync("lobby", "1", "my-id", Cancellation);
        await connection.RefuseAsync(await connection.ReceiveAsync("send"), code);
        var e = await Assert.ThrowsAsync<ChatRefusedException>(() => refused.SoonAsync());
        var next = client.SendAsync("lobby", "2", cancellationToken: Cancellation);
        await connection.AckAsync(await connection.ReceiveAsync("send"));

        Assert.Equal((code, "lobby", "my-id"), (e.Code, e.Room, e.Id));
        await next.SoonAsync();
    }

    [Fact]
    public async Task A_send_that_crosses_with_a_leave_goes_again_under_its_name()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        await joining;

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        await connection.RefuseAsync(await connection.ReceiveAsync("send"), ChatErrorCodes.NotJoined);
        var again = await connection.ReceiveAsync("send");
        await connection.AckAsync(again);

        Assert.Equal("ada", again.GetProperty("name").GetString());
        await sending.SoonAsync();
    }

    [Fact]
    public async Task A_send_that_is_never_acknowledged_is_reported_as_unknown()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time, SendTimeout = TimeSpan.FromSeconds(3) });

        var sending = client.SendAsync("lobby", "hello", "my-id", Cancellation);
        await connection.ReceiveAsync("send");
        time.Advance(TimeSpan.FromSeconds(3));

        var e = await Assert.ThrowsAsync<SendUnconfirmedException>(() => sending.SoonAsync());
        Assert.True(e.MayHaveArrived);
        Assert.StartsWith("The message 'my-id' to room 'lobby' was not acknowledged within 3 s. It may have arrived all the same", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_that_never_left_is_known_not_to_have_arrived()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time, SendTimeout = TimeSpan.FromSeconds(3) });
        connection.Abort();
        await server.NextAsync();

        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.False((await Assert.ThrowsAsync<SendUnconfirmedException>(() => sending.SoonAsync())).MayHaveArrived);
    }

    [Fact]
    public async Task Disposing_ends_what_is_on_its_way()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var sending = client.SendAsync("lobby", "hello", cancellationToken: Cancellation);
        await connection.ReceiveAsync("send");

        var disposing = client.DisposeAsync().AsTask();
        await connection.ReceiveCloseAsync();
        await disposing.SoonAsync();

        Assert.True((await Assert.ThrowsAsync<SendUnconfirmedException>(() => sending.SoonAsync())).MayHaveArrived);
    }

    [Fact]
    public async Task One_id_is_on_its_way_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { SendsInFlight = 2 });
        var first = client.SendAsync("lobby", "hello", "my-id", Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync("lobby", "hello", "my-id", Cancellation));

        await connection.AckAsync(await connection.ReceiveAsync("send"));
        await first.SoonAsync();
    }

    [Fact]
    public async Task A_text_that_cannot_be_sent_never_leaves()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, _) = await server.ConnectBothAsync();

        foreach (var text in new[] { "", new string('x', 4001), "half \ud83d of a pair", "the other half \udc4b", "cut \ud83d" })
            await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync("lobby", text, cancellationToken: Cancellation));
    }
}
