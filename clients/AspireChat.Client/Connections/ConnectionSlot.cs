namespace AspireChat.Client.Connections;

/// <summary>Where the client's connection is to be had: the present one, the next one, or the reason why there will be none.</summary>
internal sealed class ConnectionSlot
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<ChatConnection> _next = New();

    public ChatConnection? Current { get; private set; }

    public void Fill(ChatConnection connection)
    {
        lock (_gate)
        {
            Current = connection;
            _next.TrySetResult(connection);
        }
    }

    public void Empty()
    {
        lock (_gate)
        {
            Current = null;
            if (_next.Task.IsCompletedSuccessfully)
                _next = New();
        }
    }

    /// <summary>There will be no other.</summary>
    public void Close(Exception cause)
    {
        lock (_gate)
        {
            Current = null;
            if (_next.Task.IsCompletedSuccessfully)
                _next = New();

            _next.TrySetException(cause);
            _ = _next.Task.Exception; // Observed: nobody may be waiting.
        }
    }

    /// <summary>The present connection, or else the next.</summary>
    /// <exception cref="ChatClosedException">There will be none.</exception>
    public Task<ChatConnection> WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _next.Task.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource<ChatConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
