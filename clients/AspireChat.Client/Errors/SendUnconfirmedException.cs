namespace AspireChat.Client;

/// <summary>A message got no acknowledgement within <see cref="ChatClientOptions.SendTimeout"/>, or before the client was closed.</summary>
public sealed class SendUnconfirmedException : ChatException
{
    internal SendUnconfirmedException(string message, string room, string id, int attempts, Exception? innerException = null)
        : base(message, innerException)
    {
        Room = room;
        Id = id;
        Attempts = attempts;
    }

    /// <summary>The room it was for.</summary>
    public string Room { get; }

    /// <summary>The message's id. Within 5 min of the first attempt, sending the same text with it again cannot make a second message.</summary>
    public string Id { get; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; }

    /// <summary>Whether the message may have been stored all the same: false when it never left.</summary>
    public bool MayHaveArrived => Attempts > 0;
}
