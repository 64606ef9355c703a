using AspireChat.Client;

namespace AspireChat.Tests.Client;

public class JoinTests
{
    [Fact]
    public async Task A_refused_join_tells_why()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var joining = client.JoinLobbyAsync();
        await connection.RefuseAsync(await connection.ReceiveAsync("join"), ChatErrorCodes.Forbidden);

        var e = await Assert.ThrowsAsync<ChatRefusedException>(() => joining.SoonAsync());
        Assert.Equal((ChatErrorCodes.Forbidden, "lobby"), (e.Code, e.Room));
    }

    [Fact]
    public async Task A_refused_room_can_be_asked_for_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var refused = client.JoinLobbyAsync();
        await connection.RefuseAsync(await connection.ReceiveAsync("join"), ChatErrorCodes.TooManyRooms);
        await Assert.ThrowsAsync<ChatRefusedException>(() => refused.SoonAsync());

        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();

        await joining.SoonAsync();
    }

    [Theory]
    [InlineData(ChatErrorCodes.Unavailable, 0.125)]
    [InlineData(ChatErrorCodes.RateLimited, 5.125)]
    public async Task A_join_that_cannot_be_served_at_present_is_tried_again(string code, double seconds)
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time }, random: 0.5);

        var joining = client.JoinLobbyAsync();
        await connection.RefuseAsync(await connection.ReceiveAsync("join"), code);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(seconds));
        time.Advance(TimeSpan.FromSeconds(seconds));
        await connection.AdmitAsync();

        await joining.SoonAsync();
    }

    [Fact]
    public async Task A_join_that_is_cancelled_leaves_the_room()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        using var cancel = new CancellationTokenSource();

        var joining = client.JoinAsync("lobby", cancellationToken: cancel.Token);
        await connection.ReceiveAsync("join");
        await cancel.CancelAsync();

        await connection.ReceiveAsync("leave");
        await connection.SendAsync("""{"type":"left","room":"lobby"}""");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining.SoonAsync());
        Assert.False(client.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_room_refused_after_a_reconnect_ends_with_the_reason_and_the_client_goes_on()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();

        first.Abort();
        var second = await server.WelcomeNextAsync();
        await second.RefuseAsync(await second.ReceiveAsync("join"), ChatErrorCodes.Forbidden);

        await events.NextAsync<RoomInterrupted>();
        var e = await Assert.ThrowsAsync<ChatRefusedException>(events.EndAsync);
        Assert.Equal(ChatErrorCodes.Forbidden, e.Code);
        Assert.Equal(ConnectionState.Connected, client.Status.State);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_a_join_is_left()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, first) = await server.ConnectBothAsync(server.Options with { TimeProvider = time });

        var joining = client.JoinLobbyAsync();
        await first.ReceiveAsync("join");
        await time.WaitBegunAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        var second = await server.WelcomeNextAsync();
        await second.AdmitAsync();

        await joining.SoonAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("{room}")]
    [InlineData("räum")]
    public async Task A_room_name_that_is_not_allowed_never_leaves(string room)
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, _) = await server.ConnectBothAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => client.JoinAsync(room, cancellationToken: TestContext.Current.CancellationToken));
    }
}
