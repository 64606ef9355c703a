namespace AspireChat.ChatServer.Backplane;

/// <summary>Faults on purpose in what this instance hears from Redis.</summary>
internal interface ISubscriberFault
{
    /// <summary>For so long everything that is heard is thrown away, though the connection lives.</summary>
    void Deafen(TimeSpan duration);

    /// <summary>
    /// The subscriptions of rooms are gone, though the connection lives and the delivery probe is heard. For so long those made anew bring nothing either.
    /// </summary>
    void LoseRooms(TimeSpan duration);

    /// <summary>Drops the subscriber's connection and makes a new one.</summary>
    Task DropAsync();
}
