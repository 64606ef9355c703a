using AspireChat.Client;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Client;

/// <summary>The client against the real app: three instances behind a gateway.</summary>
public sealed class InstanceTests(SharedChatApp shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_on_two_instances_see_one_stream()
    {
        var app = await shared.GetAsync();
        var name = NewRoom();
        await using var ada = await ConnectAsync(app.Socket("chat-1"), "ada");
        await using var bob = await ConnectAsync(app.Socket("chat-2"), "bob");
        await using var adas = await ada.JoinAsync(name, cancellationToken: Cancellation);
        await using var bobs = await bob.JoinAsync(name, cancellationToken: Cancellation);

        var receipts = new[]
        {
            await adas.SendAsync("one", cancellationToken: Cancellation),
            await bobs.SendAsync("two", cancellationToken: Cancellation),
            await adas.SendAsync("three", cancellationToken: Cancellation),
        };

        Assert.Equal([1, 2, 3], receipts.Select(receipt => receipt.Position!.Value.Offset));
        foreach (var room in new[] { adas, bobs })
        {
            var messages = await TakeAsync(room, 3);
            Assert.Equal(["one", "two", "three"], messages.Select(message => message.Text));
            Assert.Equal(receipts.Select(receipt => receipt.Position), messages.Select(message => message.Position));
            Assert.Equal(["chat-1", "chat-2", "chat-1"], messages.Select(message => message.Instance));
        }
    }

    [Fact]
    public async Task A_client_that_keeps_losing_its_connection_sees_every_message_once_and_in_order()
    {
        const int count = 200;
        var app = await shared.GetAsync();
        var name = NewRoom();
        await using var ada = await ConnectAsync(app.GatewaySocket, "ada");
        await using var bob = await ConnectAsync(app.GatewaySocket, "bob");
        await using var adas = await ada.JoinAsync(name, cancellationToken: Cancellation);
        await using var bobs = await bob.JoinAsync(name, cancellationToken: Cancellation);

        var reading = TakeAsync(bobs, count);
        for (var i = 0; i < count; i++)
        {
            await adas.SendAsync($"{i}", cancellationToken: Cancellation);
            if (i % 20 == 10)
                bob.Connection?.Abort(new IOException("The test broke the connection."));
        }

        var messages = await reading;
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), messages.Select(message => message.Text));
        Assert.Equal(Enumerable.Range(1, count), messages.Select(message => (int)message.Position!.Value.Offset));
    }

    [Fact]
    public async Task A_sender_that_keeps_losing_its_connection_stores_every_message_once_and_in_order()
    {
        const int count = 100;
        var app = await shared.GetAsync();
        var name = NewRoom();
        await using var ada = await ConnectAsync(app.GatewaySocket, "ada");
        await using var bob = await ConnectAsync(app.GatewaySocket, "bob");
        await using var bobs = await bob.JoinAsync(name, cancellationToken: Cancellation);

        var sends = Enumerable.Range(0, count).Select(i => ada.SendAsync(name, $"{i}", cancellationToken: Cancellation)).ToArray();
        for (var i = 10; i < count; i += 20)
        {
            await sends[i];
            ada.Connection?.Abort(new IOException("The test broke the connection."));
        }

        var receipts = await Task.WhenAll(sends);
        var messages = await TakeAsync(bobs, count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), messages.Select(message => message.Text));
        Assert.Equal(receipts.Select(receipt => receipt.Position), messages.Select(message => message.Position));
    }

    [Fact]
    public async Task One_id_over_two_instances_is_one_message_and_another_text_a_conflict()
    {
        var app = await shared.GetAsync();
        var name = NewRoom();
        await using var first = await ConnectAsync(app.Socket("chat-1"), "ada");
        await using var second = await ConnectAsync(app.Socket("chat-2"), "ada");

        var receipt = await first.SendAsync(name, "hello", "the-id", Cancellation);
        var again = await second.SendAsync(name, "hello", "the-id", Cancellation);
        var conflict = await Assert.ThrowsAsync<ChatRefusedException>(() => second.SendAsync(name, "other", "the-id", Cancellation));

        Assert.Equal(receipt.Position, again.Position);
        Assert.Equal(ChatErrorCodes.IdConflict, conflict.Code);
    }

    [Fact]
    public async Task A_new_client_goes_on_where_another_stopped()
    {
        var app = await shared.GetAsync();
        var name = NewRoom();
        await using var ada = await ConnectAsync(app.Socket("chat-1"), "ada");
        await using (var room = await ada.JoinAsync(name, cancellationToken: Cancellation))
        {
            await room.SendAsync("seen", cancellationToken: Cancellation);
            await room.SendAsync("missed", cancellationToken: Cancellation);
        }

        await using var bob = await ConnectAsync(app.Socket("chat-2"), "bob");
        await using var whole = await bob.JoinAsync(name, cancellationToken: Cancellation);
        var seen = (await TakeAsync(whole, 1)).Single();
        await whole.LeaveAsync(Cancellation);
        await using var rest = await bob.JoinAsync(name, new JoinOptions { Since = seen.ResumePoint }, Cancellation);

        var joined = await rest.Read().NextAsync<RoomJoined>();
        Assert.True(joined.Recovered);
        Assert.Equal(["missed"], joined.Messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Presence_and_typing_cross_instances()
    {
        var app = await shared.GetAsync();
        var name = NewRoom();
        await using var ada = await ConnectAsync(app.Socket("chat-1"), "ada");
        await using var adas = await ada.JoinAsync(name, cancellationToken: Cancellation);
        await using var events = adas.Read();
        await events.NextAsync<RoomJoined>();

        await using var bob = await ConnectAsync(app.Socket("chat-2"), "bob");
        await using var bobs = await bob.JoinAsync(name, cancellationToken: Cancellation);
        // A newcomer is told of itself as well, or not: the first event about bob is what counts.
        while (await events.NextAsync<PresenceChanged>() is not { Change: PresenceChange.Joined, Name: "bob" })
        {
        }

        await bobs.NotifyTypingAsync();

        Assert.Equal(new UserTyping("bob"), await events.NextAsync<UserTyping>());
    }

    private static string NewRoom() => $"client-{Guid.NewGuid():N}";

    private static Task<ChatClient> ConnectAsync(Uri address, string name) =>
        ChatClient.ConnectAsync(new ChatClientOptions { Address = address, Name = name }, Cancellation);

    private static async Task<List<ChatMessage>> TakeAsync(ChatRoom room, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var messages = new List<ChatMessage>();
        await foreach (var message in room.ReadMessagesAsync(patience.Token))
        {
            messages.Add(message);
            if (messages.Count == count)
                break;
        }

        return messages;
    }
}
