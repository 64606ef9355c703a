using AspireChat.Client.Connections;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Rooms;

/// <summary>One room over all the connections that carry it: joins on each, and passes its frames to the view while it is joined.</summary>
internal sealed class RoomSession
{
    private readonly Lock _gate = new();
    private readonly ChatClientOptions _options;
    private readonly JoinOptions _join;
    private readonly Backoff _backoff;
    private readonly Action<RoomSession> _refused;
    private readonly EventBuffer _events;
    private readonly RoomView _view;
    private readonly RoomRequest _request;
    private readonly TaskCompletionSource _firstJoin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Phase _phase = Phase.Apart;
    private ChatConnection? _connection;

    /// <param name="name">The room's name.</param>
    /// <param name="join">How to join it.</param>
    /// <param name="options">The client's settings.</param>
    /// <param name="backoff">The time between tries of a join that the servers cannot serve at present.</param>
    /// <param name="refused">Called when a server refused the room for good.</param>
    public RoomSession(string name, JoinOptions join, ChatClientOptions options, Backoff backoff, Action<RoomSession> refused)
    {
        Name = name;
        _join = join;
        _options = options;
        _backoff = backoff;
        _refused = refused;
        _events = new EventBuffer(options.EventCapacity, CatchUp);
        _view = new RoomView(name, _events);
        _request = new RoomRequest(name, options);
    }

    private enum Phase
    {
        /// <summary>No connection.</summary>
        Apart,

        /// <summary>Asked to join; frames of the room are not for this session yet.</summary>
        Joining,

        /// <summary>Frames are taken.</summary>
        Joined,

        /// <summary>Asked to leave, in order to join again.</summary>
        Leaving,

        /// <summary>Left for good, or refused.</summary>
        Ended,
    }

    public string Name { get; }

    /// <summary>Completes with the first join, or fails with its refusal.</summary>
    public Task FirstJoin => _firstJoin.Task;

    public StreamPosition? Position
    {
        get
        {
            lock (_gate)
                return _view.Position;
        }
    }

    public IAsyncEnumerable<RoomEvent> ReadAsync(CancellationToken cancellationToken) => _events.ReadAsync(cancellationToken);

    public bool IsJoinedOn(ChatConnection connection)
    {
        lock (_gate)
            return _phase == Phase.Joined && _connection == connection;
    }

    public void Attach(ChatConnection connection, BackplaneMode mode)
    {
        lock (_gate)
        {
            if (_phase == Phase.Ended)
                return;

            _connection = connection;
            _phase = Phase.Joining;
            _view.SetMode(mode);
            connection.Run(token => JoinAsync(connection, token));
        }
    }

    public void Detach()
    {
        lock (_gate)
        {
            _connection = null;
            if (_phase == Phase.Ended)
                return;

            _phase = Phase.Apart;
            _view.Interrupted();
        }
    }

    public void SwitchTo(BackplaneMode mode)
    {
        lock (_gate)
            _view.SetMode(mode);
    }

    public void Receive(ServerFrame frame)
    {
        lock (_gate)
        {
            switch (_phase)
            {
                case Phase.Joined:
                    Show(frame);
                    break;
                case Phase.Joining when frame is JoinedFrame joined:
                    _phase = Phase.Joined;
                    _request.Answer(null);
                    LeaveConnectionOn(_view.Joined(joined));
                    _firstJoin.TrySetResult();
                    break;
                // "Not joined" is never the answer to a join: it comes from a hint that crossed with the last leave.
                case Phase.Joining when frame is ErrorFrame { Code: not ChatErrorCodes.NotJoined } refusal:
                    _request.Answer(refusal);
                    break;
                case Phase.Leaving or Phase.Ended when frame is LeftFrame or ErrorFrame:
                    _request.Answer(null);
                    break;
            }
        }
    }

    /// <summary>Leaves for good.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        ChatConnection? connection;
        Task<ErrorFrame?> left;
        lock (_gate)
        {
            connection = _phase is Phase.Joining or Phase.Joined or Phase.Leaving ? _connection : null;
            _phase = Phase.Ended;
            left = _request.Expect();
        }

        End(null);
        if (connection is null)
            return;

        try
        {
            await connection.SendAsync(new LeaveFrame(Name)).WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(left, connection.Ended).WaitAsync(_options.AnswerTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Left all the same: the server forgets the room with the connection at the latest, and the app gets nothing more.
        }
    }

    /// <summary>Ends the room's events; with <paramref name="error"/> by throwing it.</summary>
    public void End(Exception? error)
    {
        lock (_gate)
            _phase = Phase.Ended;

        _events.Complete(error);
        if (_firstJoin.TrySetException(error ?? new ChatException($"The room '{Name}' was left before it was joined.")))
            _ = _firstJoin.Task.Exception; // Observed: nobody may be waiting.
    }

    private void Show(ServerFrame frame)
    {
        switch (frame)
        {
            case MessageFrame message:
                LeaveConnectionOn(_view.Take(message));
                break;
            case ResyncFrame resync:
                _view.Resync(resync);
                break;
            case PresenceFrame presence:
                _view.Presence(presence);
                break;
            case UserTypingFrame typing:
                _view.Typing(typing);
                break;
        }
    }

    private async Task JoinAsync(ChatConnection connection, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            Task<ErrorFrame?> answer;
            JoinFrame join;
            lock (_gate)
            {
                if (_phase != Phase.Joining || _connection != connection)
                    return;

                answer = _request.Expect();
                join = new(Name, _options.Name, _join.History, _join.Presence, _view.HasBegun ? _view.Last : _join.Since);
            }

            if (await _request.AskAsync(connection, join, answer, cancellationToken).ConfigureAwait(false) is not { } error)
                return;

            if (error.Code is not (ChatErrorCodes.Unavailable or ChatErrorCodes.RateLimited))
            {
                Refuse(connection, error);
                return;
            }

            var delay = error.Code == ChatErrorCodes.RateLimited ? _backoff.AfterRateLimit(failures) : _backoff.AfterRefusal(failures);
            await Task.Delay(delay, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The buffer had overflowed and the app has read it: go on after the last message that went into it.</summary>
    private void CatchUp()
    {
        lock (_gate)
        {
            // Without a connection, or on the way in, the next answer to a join catches up.
            if (_events.Overflowed && _view.Reopen() && _phase == Phase.Joined && _connection is { } connection)
            {
                _phase = Phase.Leaving;
                connection.Run(token => RejoinAsync(connection, token));
            }
        }
    }

    private async Task RejoinAsync(ChatConnection connection, CancellationToken cancellationToken)
    {
        Task<ErrorFrame?> left;
        lock (_gate)
        {
            if (_phase != Phase.Leaving)
                return;

            left = _request.Expect();
        }

        await _request.AskAsync(connection, new LeaveFrame(Name), left, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_phase != Phase.Leaving)
                return;

            _phase = Phase.Joining;
        }

        await JoinAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    private void Refuse(ChatConnection connection, ErrorFrame error)
    {
        if (error.Code == ChatErrorCodes.AlreadyJoined)
        {
            connection.Abort(new ChatProtocolException($"The server takes this connection for a member of room '{Name}', which it is not. A new connection settles that."));
            return;
        }

        End(new ChatRefusedException($"The server refused room '{Name}': {error.Code} ({error.Message})", error.Code, Name, null));
        _refused(this);
    }

    private void LeaveConnectionOn(ChatProtocolException? breach)
    {
        if (breach is not null)
            _connection?.Abort(breach);
    }
}
