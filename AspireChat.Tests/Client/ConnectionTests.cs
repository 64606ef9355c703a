using System.Net;
using AspireChat.Client;

namespace AspireChat.Tests.Client;

public class ConnectionTests
{
    [Fact]
    public async Task A_connection_offers_the_protocol_and_a_token_of_its_own()
    {
        await using var server = await ScriptedServer.StartAsync();
        var asked = 0;
        var (client, first) = await server.ConnectBothAsync(
            server.Options with { TokenProvider = _ => ValueTask.FromResult<string?>($"token-{Interlocked.Increment(ref asked)}") });

        first.Abort();
        var second = await server.WelcomeNextAsync();

        Assert.Equal(["aspirechat.v1"], first.SubProtocols);
        Assert.Equal("Bearer token-1", first.Authorization);
        Assert.Equal("Bearer token-2", second.Authorization);
        await client.StatusAsync(status => status.State == ConnectionState.Connected);
    }

    [Fact]
    public async Task A_welcomed_client_knows_its_server()
    {
        await using var server = await ScriptedServer.StartAsync();

        var (client, _) = await server.ConnectBothAsync(pingSeconds: 15);

        Assert.Equal(
            new ServerInfo("chat-1", "c1", BackplaneMode.Stream, TimeSpan.FromSeconds(15), new ServerLimits(65536, 4000, 20)),
            client.Status.Server);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Check the token")]
    [InlineData(HttpStatusCode.Forbidden, "Check the token")]
    [InlineData(HttpStatusCode.NotFound, "Check the path; chat servers listen at /ws.")]
    [InlineData(HttpStatusCode.BadRequest, "Check that it serves aspirechat.v1.")]
    public async Task A_refused_upgrade_is_not_tried_again(HttpStatusCode status, string remedy)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseNext((int)status);

        var e = await Assert.ThrowsAsync<ChatConnectException>(() => server.ConnectAsync().SoonAsync());

        Assert.Equal(status, e.Status);
        Assert.Contains(remedy, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseNext(503);
        server.RefuseNext(503);

        var (client, _) = await server.ConnectBothAsync();

        Assert.Equal(ConnectionState.Connected, client.Status.State);
    }

    [Fact]
    public async Task Connecting_gives_up_in_time_and_tells_what_it_met()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        server.RefuseNext(503);

        var connecting = server.ConnectAsync(server.Options with { TimeProvider = time, ConnectTimeout = TimeSpan.FromSeconds(3) }, random: 0.8);
        await time.WaitBegunAsync(TimeSpan.FromSeconds(3));
        await time.WaitBegunAsync(TimeSpan.FromSeconds(0.2));
        time.Advance(TimeSpan.FromSeconds(0.1));
        time.Advance(TimeSpan.FromSeconds(2.9));

        var e = await Assert.ThrowsAsync<ChatConnectException>(() => connecting.SoonAsync());
        Assert.StartsWith($"No connection to '{server.Address}' within 3 s. The server at '{server.Address}' answered 503", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_welcomes_is_given_up()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var connecting = server.ConnectAsync(server.Options with { TimeProvider = time });

        await server.NextAsync();
        await time.WaitBegunAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        await server.WelcomeNextAsync();

        await connecting.SoonAsync();
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_told_apart()
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = server.ConnectAsync();

        var connection = await server.NextAsync();
        await connection.SendAsync("""{"type":"welcome","protocol":2,"instance":"chat-1","connection":"c1","backplane":"stream","pingSeconds":15,"limits":{"frameBytes":65536,"textChars":4000,"sendsPerSecond":20}}""");
        await server.WelcomeNextAsync();

        var client = await connecting.SoonAsync();
        Assert.Equal(ConnectionState.Connected, client.Status.State);
    }

    [Fact]
    public async Task Cancelling_ends_the_attempt_to_connect()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var cancel = new CancellationTokenSource();

        var connecting = ChatClient.ConnectAsync(server.Options, cancel.Token);
        await server.NextAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.SoonAsync());
    }

    [Fact]
    public async Task An_address_that_is_no_web_socket_is_named()
    {
        var options = new ChatClientOptions { Address = new Uri("http://localhost/ws"), Name = "ada" };

        var e = await Assert.ThrowsAsync<ArgumentException>(() => ChatClient.ConnectAsync(options, TestContext.Current.CancellationToken));

        Assert.StartsWith("The address 'http://localhost/ws' is not a WebSocket address.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_says_goodbye()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();

        var disposing = client.DisposeAsync().AsTask();
        await connection.ReceiveCloseAsync();
        await disposing.SoonAsync();

        Assert.Equal(1000, connection.ClosedWith);
        await events.EndAsync();
        await client.Completion.SoonAsync();
        Assert.Equal(ConnectionState.Closed, client.Status.State);
        await Assert.ThrowsAsync<ChatClosedException>(() => client.JoinLobbyAsync());
    }

    [Fact]
    public async Task Disposing_waits_at_most_two_seconds_for_a_server_that_does_not_answer()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, _) = await server.ConnectBothAsync(server.Options with { TimeProvider = time });

        var disposing = client.DisposeAsync().AsTask();
        await time.WaitBegunAsync(TimeSpan.FromSeconds(2)); // to send the close
        await time.WaitBegunAsync(TimeSpan.FromSeconds(2)); // to get the answer
        time.Advance(TimeSpan.FromSeconds(2));

        await disposing.SoonAsync();
    }

    [Fact]
    public async Task Each_change_of_the_connection_is_told_to_every_reader()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var readers = Enumerable.Range(0, 2).Select(_ => ReadToTheEndAsync(client)).ToArray();

        first.Abort();
        var second = await server.WelcomeNextAsync();
        await client.StatusAsync(status => status.State == ConnectionState.Connected);
        await second.CloseAsync(ChatCloseCodes.Unauthorized, "expired");

        foreach (var states in await Task.WhenAll(readers).SoonAsync())
            Assert.Equal([ConnectionState.Connected, ConnectionState.Reconnecting, ConnectionState.Connected, ConnectionState.Closed], states);
    }

    private static async Task<List<ConnectionState>> ReadToTheEndAsync(ChatClient client)
    {
        var states = new List<ConnectionState>();
        await foreach (var status in client.ReadStatusAsync(TestContext.Current.CancellationToken))
            states.Add(status.State);

        return states;
    }
}
