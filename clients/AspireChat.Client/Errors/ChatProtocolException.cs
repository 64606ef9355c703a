namespace AspireChat.Client;

/// <summary>A server broke the protocol: a frame that cannot be read, a gap in a stream, silence. The client leaves such a connection and makes another.</summary>
public sealed class ChatProtocolException : ChatException
{
    internal ChatProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
