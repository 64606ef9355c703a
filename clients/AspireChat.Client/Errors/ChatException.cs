namespace AspireChat.Client;

/// <summary>Something went wrong in chat; the base of all that this library throws on its own account, misuse apart.</summary>
public class ChatException : Exception
{
    /// <summary>Creates an exception.</summary>
    public ChatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
