using AspireChat.Client;

namespace AspireChat.Tests.Client;

/// <summary>How these tests use clients.</summary>
internal static class ClientExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    extension(ChatClient client)
    {
        public Task<ChatRoom> JoinLobbyAsync(JoinOptions? join = null) => client.JoinAsync("lobby", join, TestContext.Current.CancellationToken);

        /// <summary>Waits for a status.</summary>
        public async Task<ConnectionStatus> StatusAsync(Func<ConnectionStatus, bool> condition)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            await foreach (var status in client.ReadStatusAsync(patience.Token))
            {
                if (condition(status))
                    return status;
            }

            throw new InvalidOperationException("The client was closed without such a status.");
        }
    }

    extension(ChatRoom room)
    {
        public EventReader Read() => new(room);
    }

    public static Task<T> SoonAsync<T>(this Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static Task SoonAsync(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
