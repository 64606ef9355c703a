using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>A room while its connection lives.</summary>
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
