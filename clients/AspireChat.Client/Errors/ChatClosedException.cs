namespace AspireChat.Client;

/// <summary>A connection was ended by a close. When a call throws it, the client is closed for good: its server does not want it back, or it was disposed.</summary>
public sealed class ChatClosedException : ChatException
{
    internal ChatClosedException(string message, int? closeCode, Exception? innerException = null)
        : base(message, innerException) => CloseCode = closeCode;

    /// <summary>The code of the server's close frame, see <see cref="ChatCloseCodes"/>; null when there was none.</summary>
    public int? CloseCode { get; }
}
