using AspireChat.Client.Connections;
using AspireChat.Client.Rooms;
using AspireChat.Client.Sending;

namespace AspireChat.Client;

/// <summary>
/// A user's connection to chat. It comes back by itself when it is lost, with full jitter, resumes its rooms, and sends again what was not acknowledged.
/// </summary>
/// <remarks>Thread-safe. No threads of its own. Dispose it to say goodbye.</remarks>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly ChatClientOptions _options;
    private readonly Backoff _backoff;
    private readonly StatusFeed _statuses = new();
    private readonly ConnectionSlot _slot = new();
    private readonly RoomSessions _rooms;
    private readonly Sender _sender;
    private readonly Reconnector _reconnector;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _closed = new();
    private Task<ChatException> _running = Task.FromResult<ChatException>(new ChatClosedException("The client was never started.", null));

    internal ChatClient(ChatClientOptions options, Backoff backoff)
    {
        options.Validate();
        _options = options;
        _backoff = backoff;
        var pending = new PendingSends();
        _rooms = new RoomSessions(pending);
        _sender = new Sender(options, _slot, pending, backoff, _rooms.IsJoined, _closed.Token);
        _reconnector = new Reconnector(new ConnectionFactory(options), _rooms, _slot, _statuses, backoff, options.TimeProvider);
    }

    /// <summary>Where the connection stands now.</summary>
    public ConnectionStatus Status => _statuses.Current;

    /// <summary>The servers' mode at present, and with it what is promised; null while there is no connection.</summary>
    public BackplaneMode? Backplane => _rooms.Mode;

    /// <summary>Completes when the client is closed: successfully once it is disposed, else with the reason for which the server ended it.</summary>
    public Task Completion => CompleteAsync();

    internal ChatConnection? Connection => _slot.Current;

    /// <summary>Connects to a server.</summary>
    /// <returns>A connected client.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ChatConnectException">No connection within <see cref="ChatClientOptions.ConnectTimeout"/>, or the server refuses this client.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<ChatClient> ConnectAsync(ChatClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return StartAsync(new ChatClient(options, Backoff.FullJitter), cancellationToken);
    }

    /// <summary>The states of the connection as they change, the present one first, ending with <see cref="ConnectionState.Closed"/>. Any number may read.</summary>
    public IAsyncEnumerable<ConnectionStatus> ReadStatusAsync(CancellationToken cancellationToken = default) => _statuses.ReadAsync(cancellationToken);

    /// <summary>Joins a room, and returns once the server has confirmed. While there is no connection, or the servers are unavailable, it goes on trying.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="InvalidOperationException">This client is in the room already.</exception>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatClosedException">The client is closed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the room is left.</exception>
    public async Task<ChatRoom> JoinAsync(string room, JoinOptions? options = null, CancellationToken cancellationToken = default)
    {
        WireRules.CheckRoom(room);
        var session = new RoomSession(room, options ?? new JoinOptions(), _options, _backoff, _rooms.Remove);
        _rooms.Add(session);
        try
        {
            await session.FirstJoin.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await LeaveAsync(session, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return new ChatRoom(this, session, _options.TimeProvider);
    }

    /// <summary>
    /// Sends a message and returns with its acknowledgement; the room need not be joined. It is sent again, with the same id, after reconnects, silence
    /// and refusals that pass, so that it appears once. Messages to one room keep the order of the calls; see
    /// <see cref="ChatClientOptions.SendsInFlight"/>.
    /// </summary>
    /// <param name="room">The room's name.</param>
    /// <param name="text">1 to 4,000 characters.</param>
    /// <param name="id">The message's id, 1 to 64 characters; null to have one of 128 random bits made.</param>
    /// <param name="cancellationToken">Ends the attempts. The message may have arrived all the same.</param>
    /// <exception cref="ArgumentException">Room, text or id is not allowed.</exception>
    /// <exception cref="InvalidOperationException">A message with this id is on its way to the room.</exception>
    /// <exception cref="SendQueueFullException">Too many wait already; it was not sent.</exception>
    /// <exception cref="ChatRefusedException">The server refused it for good.</exception>
    /// <exception cref="SendUnconfirmedException">No acknowledgement in time, or before the client was closed: it may or may not have arrived.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<SendReceipt> SendAsync(string room, string text, string? id = null, CancellationToken cancellationToken = default)
    {
        WireRules.CheckRoom(room);
        WireRules.CheckText(text);
        id ??= MessageId.New();
        WireRules.CheckId(id);
        return _sender.SendAsync(room, text, id, cancellationToken);
    }

    /// <summary>Says goodbye to the server, ends the rooms' events and gives up on what was not acknowledged.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    internal static async Task<ChatClient> StartAsync(ChatClient client, CancellationToken cancellationToken)
    {
        client._running = client.RunAsync();
        try
        {
            await client._slot.WaitAsync(cancellationToken).WaitAsync(client._options.ConnectTimeout, client._options.TimeProvider, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception e)
        {
            var last = e as ChatException ?? client.Status.Cause;
            await client.DisposeAsync().ConfigureAwait(false);
            throw e switch
            {
                TimeoutException => new ChatConnectException($"No connection to '{client._options.Address}' within {client._options.ConnectTimeout.TotalSeconds:0.#} s. {last?.Message}", last),
                ChatClosedException { InnerException: ChatConnectException refused } => new ChatConnectException(refused.Message, refused, refused.Status),
                ChatClosedException closed => new ChatConnectException(closed.Message, closed),
                _ => e,
            };
        }
    }

    internal async Task LeaveAsync(RoomSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _rooms.Remove(session);
        }
    }

    private async Task<ChatException> RunAsync()
    {
        ChatException cause;
        try
        {
            cause = await _reconnector.RunAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cause = new ChatClosedException($"The client met an error of its own and is closed: {e.Message}", null, e);
        }

        var disposed = _stopping.IsCancellationRequested;
        _slot.Close(cause);
        _rooms.End(disposed ? null : cause, cause);
        await _closed.CancelAsync().ConfigureAwait(false);
        _statuses.Publish(new(ConnectionState.Closed) { Cause = disposed ? null : cause });
        return cause;
    }

    private async Task CompleteAsync()
    {
        var cause = await _running.ConfigureAwait(false);
        if (!_stopping.IsCancellationRequested)
            throw cause;
    }
}
