namespace AspireChat.ChatServer.Backplane;

/// <summary>Who has to follow when the mode is switched: the rooms and the connections of this instance.</summary>
internal interface IBackplaneUser
{
    /// <summary>The backplane in use.</summary>
    IBackplane Current { get; }

    /// <summary>
    /// Moves every room to <paramref name="next"/> and tells every connection. When it returns, nothing uses the former backplane any more
    /// (the caller disposes it), and each room has its subscription on the next one.
    /// </summary>
    ValueTask SwitchAsync(IBackplane next, CancellationToken cancellationToken);
}
