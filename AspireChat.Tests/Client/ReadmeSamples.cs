using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>The samples of the client's README, compiled. <see cref="ReadmeTests"/> holds both to each other, and runs the first.</summary>
internal sealed class ReadmeSamples(Uri address, TextWriter output)
{
    private TextWriter Console => output;

    public async Task SendAndReadAsync(CancellationToken cancellationToken)
    {
        var options = new ChatClientOptions { Address = new Uri("ws://localhost:5080/ws"), Name = "ada" };
        options = options with { Address = address };
        await using var chat = await ChatClient.ConnectAsync(options, cancellationToken);
        await using var room = await chat.JoinAsync("lobby", cancellationToken: cancellationToken);

        var receipt = await room.SendAsync("Hello!", cancellationToken: cancellationToken);
        Console.WriteLine($"Stored at {receipt.Position}.");

        await foreach (var message in room.ReadMessagesAsync(cancellationToken))
            Console.WriteLine($"{message.Name}: {message.Text}");
    }

    public async Task KnowWhatHappenedAsync(ChatRoom room, CancellationToken cancellationToken)
    {
        await foreach (var happened in room.ReadEventsAsync(cancellationToken))
        {
            switch (happened)
            {
                case RoomJoined joined:
                    Show(joined.Messages);
                    break;
                case MessageReceived received:
                    Append(received.Message);
                    break;
                case RoomResynced resynced:
                    // Continuity was lost, and messages may be missing: what was shown counts no more.
                    Show(resynced.Messages);
                    break;
                case RoomInterrupted:
                    ShowOffline();
                    break;
                case RoomResumed resumed:
                    ShowOnline(resumed.Members);
                    break;
                case PresenceChanged { Change: PresenceChange.Joined } came:
                    Append($"{came.Name} is here.");
                    break;
            }
        }
    }

    public async Task GoOnAsync(ChatClient chat, Store store, CancellationToken cancellationToken)
    {
        var join = new JoinOptions { Since = await store.LoadAsync() };
        await using var room = await chat.JoinAsync("lobby", join, cancellationToken);
        await foreach (var message in room.ReadMessagesAsync(cancellationToken))
        {
            await ProcessAsync(message);
            await store.SaveAsync(message.ResumePoint);
        }
    }

    public async Task WatchAsync(ChatClient chat, CancellationToken cancellationToken)
    {
        await foreach (var status in chat.ReadStatusAsync(cancellationToken))
        {
            Console.WriteLine(status switch
            {
                { State: ConnectionState.Connected, Server: { } server } => $"on {server.Instance}",
                { RetryAfter: { } delay } => $"away, back in {delay.TotalSeconds:0.0} s: {status.Cause?.Message}",
                _ => $"{status.State}",
            });
        }
    }

    public static ChatClientOptions SignIn(Tokens tokens)
    {
        var options = new ChatClientOptions
        {
            Address = new Uri("wss://chat.example.com/ws"),
            Name = "ada",
            TokenProvider = async token => await tokens.GetAsync(token),
        };
        return options;
    }

    private void Show(IReadOnlyList<ChatMessage> messages) => output.WriteLine($"{messages.Count} messages");

    private void Append(object line) => output.WriteLine(line);

    private void ShowOffline() => output.WriteLine("offline");

    private void ShowOnline(RoomMembers members) => output.WriteLine($"online with {members.Count}");

    private Task ProcessAsync(ChatMessage message) => output.WriteLineAsync(message.Text);

    internal sealed class Store
    {
        private ResumePoint? _kept;

        public Task<ResumePoint?> LoadAsync() => Task.FromResult(_kept);

        public Task SaveAsync(ResumePoint? point)
        {
            _kept = point;
            return Task.CompletedTask;
        }
    }

    internal sealed class Tokens(string value)
    {
        public Task<string> GetAsync(CancellationToken cancellationToken) => Task.FromResult(value).WaitAsync(cancellationToken);
    }
}
