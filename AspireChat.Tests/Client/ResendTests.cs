using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>A send that is not acknowledged at once: it goes again under the same id, until it has an outcome.</summary>
public class ResendTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
}
