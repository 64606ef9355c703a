using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>Sends on a connection that lives, and what never leaves.</summary>
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
