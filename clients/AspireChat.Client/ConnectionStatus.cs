namespace AspireChat.Client;

/// <summary>Where the connection of a <see cref="ChatClient"/> stands.</summary>
public enum ConnectionState
{
    /// <summary>No connection yet.</summary>
    Connecting,

    /// <summary>Connected and welcomed.</summary>
    Connected,

    /// <summary>The connection was lost; the next attempt follows by itself.</summary>
    Reconnecting,

    /// <summary>Over for good: disposed, or ended by the server.</summary>
    Closed,
}

/// <summary>One change of the connection.</summary>
/// <param name="State">The state from now on.</param>
public sealed record ConnectionStatus(ConnectionState State)
{
    /// <summary>The server, while <see cref="ConnectionState.Connected"/>; else null.</summary>
    public ServerInfo? Server { get; init; }

    /// <summary>Why the connection was lost, or not made; null when connected, and when the client was disposed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>How long until the next attempt, while <see cref="ConnectionState.Reconnecting"/> or <see cref="ConnectionState.Connecting"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
