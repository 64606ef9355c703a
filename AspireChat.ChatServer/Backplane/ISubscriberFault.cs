namespace AspireChat.ChatServer.Backplane;

/// <summary>Faults on purpose in what this instance hears from Redis.</summary>
internal interface ISubscriberFault
{
    /// <summary>For so long everything that is heard is thrown away, though the connection lives.</summary>
    void Deafen(TimeSpan duration);

    /// <summary>Drops the subscriber's connection and makes a new one.</summary>
    Task DropAsync();
}
