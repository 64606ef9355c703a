using System.Runtime.CompilerServices;
using AspireChat.Client.Protocol;
using AspireChat.Client.Rooms;

namespace AspireChat.Client;

/// <summary>A room that a <see cref="ChatClient"/> has joined, and stays in through reconnects until it is left.</summary>
/// <remarks>Thread-safe. Its events have one reader.</remarks>
public sealed class ChatRoom : IAsyncDisposable
{
    /// <summary>Servers pass a hint on once in this time; more would be wasted.</summary>
    private static readonly TimeSpan TypingInterval = TimeSpan.FromSeconds(2);

    private readonly ChatClient _client;
    private readonly RoomSession _session;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long? _lastTyping;

    internal ChatRoom(ChatClient client, RoomSession session, TimeProvider time)
    {
        _client = client;
        _session = session;
        _time = time;
    }

    /// <summary>The room's name.</summary>
    public string Name => _session.Name;

    /// <summary>
    /// All that happens in the room, in order, starting with <see cref="RoomJoined"/>. It ends when the room is left or the client disposed. Each event
    /// is given once: a second reading goes on where the first stopped.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is being read already.</exception>
    /// <exception cref="ChatClosedException">The server ended the client for good.</exception>
    /// <exception cref="ChatRefusedException">After a reconnect the server refused this room.</exception>
    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken = default) => _session.ReadAsync(cancellationToken);

    /// <summary>
    /// The room's messages only, each once: those of the history on joining, then each as it comes. For an app that need not know when messages may
    /// be missing; <see cref="RoomResynced"/> tells that among the events, and here only its new messages come through. The same events feed both:
    /// read one or the other.
    /// </summary>
    /// <inheritdoc cref="ReadEventsAsync" path="/exception"/>
    public async IAsyncEnumerable<ChatMessage> ReadMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var happened in ReadEventsAsync(cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<ChatMessage> messages = happened switch
            {
                MessageReceived received => [received.Message],
                RoomJoined joined => joined.Messages,
                RoomResynced resynced => resynced.NewMessages,
                _ => [],
            };
            foreach (var message in messages)
                yield return message;
        }
    }

    /// <inheritdoc cref="ChatClient.SendAsync"/>
    public Task<SendReceipt> SendAsync(string text, string? id = null, CancellationToken cancellationToken = default) =>
        _client.SendAsync(Name, text, id, cancellationToken);

    /// <summary>Tells the others that this user is typing: a hint, sent at most once in 2 s however often this is called, and dropped while there is no connection.</summary>
    public async Task NotifyTypingAsync()
    {
        if (_client.Connection is not { } connection || !_session.IsJoinedOn(connection))
            return;

        lock (_gate)
        {
            if (_lastTyping is { } last && _time.GetElapsedTime(last) < TypingInterval)
                return;

            _lastTyping = _time.GetTimestamp();
        }

        await connection.SendAsync(new TypingFrame(Name)).ConfigureAwait(false);
    }

    /// <summary>Leaves the room: its events end. Returns once the server has confirmed, or the connection is gone.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken = default) => _client.LeaveAsync(_session, cancellationToken);

    /// <summary>Leaves the room.</summary>
    public async ValueTask DisposeAsync() => await LeaveAsync().ConfigureAwait(false);
}
