using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>A room whose connection was lost, or whose stream went on elsewhere: what is missing is fetched, else announced.</summary>
public class ResumeTests
{
    [Fact]
    public async Task A_connection_that_breaks_mid_stream_loses_nothing()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        await first.MessageAsync(1);
        await first.MessageAsync(2);
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(1, 2);

        first.Abort();
        var second = await server.WelcomeNextAsync();
        var join = await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":4}""", messages: Frames.Messages(3, 4));
        await second.MessageAsync(5);

        var since = join.GetProperty("since");
        Assert.Equal("e1", since.GetProperty("epoch").GetString());
        Assert.Equal(2, since.GetProperty("offset").GetInt64());
        Assert.Equal("m2", since.GetProperty("id").GetString());
        Assert.Equal("bob", since.GetProperty("name").GetString());
        await events.NextAsync<RoomInterrupted>();
        await events.NextAsync<RoomResumed>();
        await events.ExpectOffsetsAsync(3, 4, 5);
    }

    [Fact]
    public async Task A_gap_makes_the_client_leave_the_connection_and_resume_before_it()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();

        await first.MessageAsync(1);
        await first.MessageAsync(3);
        var second = await server.WelcomeNextAsync();
        var join = await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":3}""", messages: Frames.Messages(2, 3));

        Assert.Equal(1, join.GetProperty("since").GetProperty("offset").GetInt64());
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(1);
        await events.NextAsync<RoomInterrupted>();
        await events.NextAsync<RoomResumed>();
        await events.ExpectOffsetsAsync(2, 3);
    }

    [Fact]
    public async Task A_gap_inside_the_answer_to_a_resume_is_not_taken_for_recovery()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        await first.MessageAsync(1);
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(1);

        first.Abort();
        var second = await server.WelcomeNextAsync();
        await second.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":4}""", messages: Frames.Messages(3, 4));
        var third = await server.WelcomeNextAsync();
        var join = await third.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":4}""", messages: Frames.Messages(2, 4));

        Assert.Equal(1, join.GetProperty("since").GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task What_could_not_be_recovered_is_announced_and_what_was_seen_is_not_new()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        await first.MessageAsync(1);
        await first.MessageAsync(2);
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(1, 2);

        first.Abort();
        var second = await server.WelcomeNextAsync();
        await second.AdmitAsync(recovered: false, position: """{"epoch":"e1","offset":4}""", messages: Frames.Messages(2, 4));
        await second.MessageAsync(5);

        await events.NextAsync<RoomInterrupted>();
        var resynced = await events.NextAsync<RoomResynced>();
        Assert.Equal(ResyncReason.NotRecovered, resynced.Reason);
        Assert.Equal(["m2", "m3", "m4"], resynced.Messages.Select(message => message.Id));
        Assert.Equal(["m3", "m4"], resynced.NewMessages.Select(message => message.Id));
        await events.ExpectOffsetsAsync(5);
    }

    [Fact]
    public async Task A_resync_moves_the_room_to_the_new_epoch()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync(position: """{"epoch":"e1","offset":40}""");
        await first.MessageAsync(41);

        await first.SendAsync($$"""{"type":"resync","room":"lobby","position":{"epoch":"e2","offset":1},"messages":[{{Frames.Message(1)}}]}""");
        await first.MessageAsync(2);

        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(41);
        var resynced = await events.NextAsync<RoomResynced>();
        Assert.Equal(ResyncReason.EpochChanged, resynced.Reason);
        Assert.Equal(new StreamPosition("e2", 1), resynced.Position);
        Assert.Equal(new StreamPosition("e2", 2), (await events.NextAsync<MessageReceived>()).Message.Position);

        first.Abort();
        var second = await server.WelcomeNextAsync();
        var since = (await second.AdmitAsync(recovered: true, position: """{"epoch":"e2","offset":2}""")).GetProperty("since");
        Assert.Equal(("e2", 2), (since.GetProperty("epoch").GetString(), since.GetProperty("offset").GetInt64()));
    }

    [Fact]
    public async Task Messages_alone_come_once_each_across_an_announced_loss()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync(position: """{"epoch":"e1","offset":2}""", messages: Frames.Messages(1, 2));
        await connection.MessageAsync(3);
        await connection.SendAsync($$"""{"type":"resync","room":"lobby","position":{"epoch":"e2","offset":4},"messages":[{{Frames.Messages(2, 4)}}]}""");
        await connection.MessageAsync(5);

        var room = await joining;
        var ids = new List<string>();
        await foreach (var message in room.ReadMessagesAsync(TestContext.Current.CancellationToken))
        {
            ids.Add(message.Id);
            if (ids.Count == 5)
                break;
        }

        Assert.Equal(["m1", "m2", "m3", "m4", "m5"], ids);
    }

    [Fact]
    public async Task A_position_kept_by_the_app_resumes_in_a_new_client()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var joining = client.JoinLobbyAsync(new JoinOptions { Since = new ResumePoint("e1", 5, "m5", "bob") });
        var join = await connection.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":6}""", messages: Frames.Message(6));

        Assert.Equal(5, join.GetProperty("since").GetProperty("offset").GetInt64());
        var joined = await (await joining).Read().NextAsync<RoomJoined>();
        Assert.True(joined.Recovered);
        Assert.Equal(["m6"], joined.Messages.Select(message => message.Id));
    }

    [Fact]
    public async Task Without_a_stream_ids_tell_repeats_and_a_reconnect_is_an_announced_loss()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync(backplane: "pubsub");
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync(position: null);
        foreach (var id in new[] { "a", "b", "a" })
            await first.SendAsync(Frames.Unplaced(id));

        var events = (await joining).Read();
        Assert.Null((await events.NextAsync<RoomJoined>()).Position);
        Assert.Equal("a", (await events.NextAsync<MessageReceived>()).Message.Id);
        Assert.Equal("b", (await events.NextAsync<MessageReceived>()).Message.Id);

        first.Abort();
        var second = await server.WelcomeNextAsync("pubsub");
        var join = await second.AdmitAsync(position: null);

        Assert.False(join.TryGetProperty("since", out _));
        await events.NextAsync<RoomInterrupted>();
        Assert.Equal(ResyncReason.NoStream, (await events.NextAsync<RoomResynced>()).Reason);
    }

    [Fact]
    public async Task A_switch_that_happened_while_the_client_was_away_is_told_and_never_resumed_across()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, first) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await first.AdmitAsync();
        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();

        first.Abort();
        var second = await server.WelcomeNextAsync("local");
        var join = await second.AdmitAsync(position: null);

        Assert.False(join.TryGetProperty("since", out _));
        await events.NextAsync<RoomInterrupted>();
        Assert.Equal(BackplaneMode.Local, (await events.NextAsync<BackplaneSwitched>()).Mode);
        await events.NextAsync<RoomResynced>();
    }
}
