namespace AspireChat.Client;

/// <summary>More messages wait for their turn in a room than <see cref="ChatClientOptions.SendQueueCapacity"/> allows. This one was not sent.</summary>
public sealed class SendQueueFullException : ChatException
{
    internal SendQueueFullException(string room, int capacity)
        : base($"The send queue of room '{room}' is full: {capacity} messages wait already. Await earlier sends, or raise {nameof(ChatClientOptions.SendQueueCapacity)}.") =>
        Room = room;

    /// <summary>The room that it was for.</summary>
    public string Room { get; }
}
