namespace AspireChat.ChatServer.Security;

/// <summary>The connections of this instance, by whose they are: so that they can be ended when they may be no more.</summary>
/// <remarks>Thread-safe; returns soon, without waiting for any client.</remarks>
internal interface IUserConnections
{
    /// <summary>Closes with 4501 every connection whose identity has this name, and every one that has joined a room under it.</summary>
    void CloseAll(string name);

    /// <summary>Closes with 4501 every connection whose identity ends at or before this time. Called only where authentication is on.</summary>
    void CloseExpired(DateTimeOffset now);
}
