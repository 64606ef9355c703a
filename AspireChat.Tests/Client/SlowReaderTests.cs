using AspireChat.Client;

namespace AspireChat.Tests.Client;

public class SlowReaderTests
{
    [Fact]
    public async Task An_app_that_reads_too_slowly_catches_up_and_misses_nothing()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { EventCapacity = 512 });
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;

        // One event is the join, 511 messages fit, and the rest does not.
        for (var offset = 1; offset <= 600; offset++)
            await connection.MessageAsync(offset);

        await PassAsync(client, connection);
        var events = room.Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(Frames.Offsets(1, 511));
        await connection.ReceiveAsync("leave");
        await connection.SendAsync("""{"type":"left","room":"lobby"}""");
        var join = await connection.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":600}""", messages: Frames.Messages(512, 600));
        await connection.MessageAsync(601);

        Assert.Equal(511, join.GetProperty("since").GetProperty("offset").GetInt64());
        await events.NextAsync<RoomResumed>();
        await events.ExpectOffsetsAsync(Frames.Offsets(512, 601));
    }

    [Fact]
    public async Task Acknowledgements_come_through_while_nobody_reads()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { EventCapacity = 512 });
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;
        for (var offset = 1; offset <= 600; offset++)
            await connection.MessageAsync(offset);

        var sending = room.SendAsync("hello", cancellationToken: TestContext.Current.CancellationToken);
        await connection.AckAsync(await connection.ReceiveAsync("send"), offset: 601);

        Assert.Equal(601, (await sending.SoonAsync()).Position!.Value.Offset);
    }

    [Fact]
    public async Task Without_a_stream_what_a_slow_app_missed_is_announced()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { EventCapacity = 512 }, backplane: "pubsub");
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync(position: null);
        var room = await joining;
        for (var i = 1; i <= 600; i++)
            await connection.SendAsync(Frames.Unplaced($"m{i}"));

        await PassAsync(client, connection);
        var events = room.Read();
        await events.NextAsync<RoomJoined>();
        for (var i = 1; i <= 511; i++)
            Assert.Equal($"m{i}", (await events.NextAsync<MessageReceived>()).Message.Id);

        Assert.Equal(ResyncReason.NoStream, (await events.NextAsync<RoomResynced>()).Reason);
        await connection.SendAsync(Frames.Unplaced("later"));
        Assert.Equal("later", (await events.NextAsync<MessageReceived>()).Message.Id);
    }

    [Fact]
    public async Task A_reconnect_while_the_app_lags_still_misses_nothing()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync(server.Options with { EventCapacity = 512 });
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        var room = await joining;
        for (var offset = 1; offset <= 600; offset++)
            await first.MessageAsync(offset);

        await PassAsync(client, first);
        first.Abort();
        var second = await server.WelcomeNextAsync();
        var resumed = await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":600}""", messages: Frames.Messages(512, 600));
        Assert.Equal(511, resumed.GetProperty("since").GetProperty("offset").GetInt64());
        await PassAsync(client, second);
        var events = room.Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(Frames.Offsets(1, 511));
        await second.ReceiveAsync("leave");
        await second.SendAsync("""{"type":"left","room":"lobby"}""");
        await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":600}""", messages: Frames.Messages(512, 600));

        await events.NextAsync<RoomResumed>();
        await events.ExpectOffsetsAsync(Frames.Offsets(512, 600));
    }

    /// <summary>Makes sure that the client has taken in all that was sent before: frames come in order.</summary>
    private static async Task PassAsync(ChatClient client, ScriptedConnection connection)
    {
        var sending = client.SendAsync("elsewhere", "ping", cancellationToken: TestContext.Current.CancellationToken);
        await connection.AckAsync(await connection.ReceiveAsync("send"));
        await sending.SoonAsync();
    }
}
