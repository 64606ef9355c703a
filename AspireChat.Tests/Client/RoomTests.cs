using AspireChat.Client;

namespace AspireChat.Tests.Client;

public class RoomTests
{
    [Fact]
    public async Task A_room_begins_with_its_history_and_goes_on_in_order()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();

        var joining = client.JoinLobbyAsync(new JoinOptions { History = 2, Presence = false });
        var join = await connection.AdmitAsync(position: """{"epoch":"e1","offset":7}""", messages: Frames.Messages(6, 7));
        await connection.MessageAsync(8);
        await connection.MessageAsync(9);

        Assert.Equal("ada", join.GetProperty("name").GetString());
        Assert.Equal(2, join.GetProperty("history").GetInt32());
        Assert.False(join.GetProperty("presence").GetBoolean());
        Assert.False(join.TryGetProperty("since", out _));
        var events = (await joining).Read();
        var joined = await events.NextAsync<RoomJoined>();
        Assert.Equal([6, 7], joined.Messages.Select(message => message.Position!.Value.Offset));
        Assert.Equal(new StreamPosition("e1", 7), joined.Position);
        Assert.Equal([new RoomMember("ada", 1)], joined.Members.Listed);
        await events.ExpectOffsetsAsync(8, 9);
    }

    [Fact]
    public async Task A_message_carries_all_that_the_server_says_of_it()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();

        await connection.MessageAsync(1);

        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        var message = (await events.NextAsync<MessageReceived>()).Message;
        Assert.Equal(
            new ChatMessage
            {
                Room = "lobby",
                Id = "m1",
                Name = "bob",
                Text = "text 1",
                At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
                Instance = "chat-2",
                Position = new StreamPosition("e1", 1),
            },
            message);
        Assert.Equal(new ResumePoint("e1", 1, "m1", "bob"), message.ResumePoint);
    }

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
    public async Task A_repeated_message_is_shown_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();

        foreach (var offset in new long[] { 1, 2, 2, 1, 3 })
            await connection.MessageAsync(offset);

        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(1, 2, 3);
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
    public async Task A_switch_of_the_mode_is_told_in_its_place()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        await connection.MessageAsync(1);
        await connection.SendAsync("""{"type":"backplane","mode":"pubsub"}""");
        await connection.SendAsync(Frames.Unplaced("a"));
        await connection.SendAsync("""{"type":"backplane","mode":"stream"}""");
        await connection.SendAsync("""{"type":"resync","room":"lobby","position":{"epoch":"e3","offset":0},"messages":[]}""");
        await connection.MessageAsync(1);

        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        await events.ExpectOffsetsAsync(1);
        Assert.Equal(BackplaneMode.PubSub, (await events.NextAsync<BackplaneSwitched>()).Mode);
        Assert.Null((await events.NextAsync<MessageReceived>()).Message.Position);
        Assert.Equal(BackplaneMode.Stream, (await events.NextAsync<BackplaneSwitched>()).Mode);
        await events.NextAsync<RoomResynced>();
        Assert.Equal(new StreamPosition("e3", 1), (await events.NextAsync<MessageReceived>()).Message.Position);
        Assert.Equal(BackplaneMode.Stream, client.Backplane);
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

    [Fact]
    public async Task Presence_and_typing_come_as_events()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        await connection.SendAsync("""{"type":"presence","room":"lobby","event":"joined","name":"bob","members":2}""");
        await connection.SendAsync("""{"type":"typing","room":"lobby","name":"bob"}""");
        await connection.SendAsync("""{"type":"presence","room":"lobby","event":"left","name":"bob","members":1}""");
        await connection.SendAsync("""{"type":"presence","room":"lobby","event":"count","members":101}""");

        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        Assert.Equal(new PresenceChanged(PresenceChange.Joined, "bob", 2), await events.NextAsync<PresenceChanged>());
        Assert.Equal(new UserTyping("bob"), await events.NextAsync<UserTyping>());
        Assert.Equal(new PresenceChanged(PresenceChange.Left, "bob", 1), await events.NextAsync<PresenceChanged>());
        Assert.Equal(new PresenceChanged(PresenceChange.Count, null, 101), await events.NextAsync<PresenceChanged>());
    }

    [Fact]
    public async Task Typing_is_passed_on_once_in_two_seconds()
    {
        await using var server = await ScriptedServer.StartAsync();
        var time = new ManualTime();
        var (client, connection) = await server.ConnectBothAsync(server.Options with { TimeProvider = time });
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;

        await room.NotifyTypingAsync();
        await room.NotifyTypingAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        await room.NotifyTypingAsync();
        var leaving = room.LeaveAsync(TestContext.Current.CancellationToken);

        await connection.ReceiveAsync("typing");
        await connection.ReceiveAsync("typing");
        await connection.ReceiveAsync("leave");
        await connection.SendAsync("""{"type":"left","room":"lobby"}""");
        await leaving.SoonAsync();
    }

    [Fact]
    public async Task What_a_later_server_adds_is_ignored()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();

        await connection.SendAsync("""{"type":"reaction","room":"lobby","emoji":"+1"}""");
        await connection.SendAsync("""{"room":"lobby","new":[{}],"offset":1,"id":"m1","name":"bob","text":"hi","at":"2026-01-02T03:04:05Z","instance":"chat-2","type":"message"}""");

        var events = (await joining).Read();
        await events.NextAsync<RoomJoined>();
        Assert.Equal("hi", (await events.NextAsync<MessageReceived>()).Message.Text);
    }

    [Fact]
    public async Task A_room_that_is_left_ends_its_events_and_can_be_joined_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;
        var events = room.Read();
        await events.NextAsync<RoomJoined>();

        var leaving = room.LeaveAsync(TestContext.Current.CancellationToken);
        await connection.ReceiveAsync("leave");
        await connection.SendAsync("""{"type":"left","room":"lobby"}""");
        await leaving.SoonAsync();

        await events.EndAsync();
        var again = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        Assert.Equal("lobby", (await again).Name);
    }

    [Fact]
    public async Task A_room_is_joined_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        await joining;

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => client.JoinLobbyAsync());

        Assert.Equal("This client is in room 'lobby' already. Leave it first, or use the room that you have.", e.Message);
    }

    [Fact]
    public async Task Events_have_one_reader()
    {
        await using var server = await ScriptedServer.StartAsync();
        var (client, connection) = await server.ConnectBothAsync();
        var joining = client.JoinLobbyAsync();
        await connection.AdmitAsync();
        var room = await joining;

        await room.Read().NextAsync<RoomJoined>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => room.Read().NextAsync<RoomJoined>());
    }
}
