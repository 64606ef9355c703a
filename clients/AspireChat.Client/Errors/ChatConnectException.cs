using System.Net;

namespace AspireChat.Client;

/// <summary>No connection could be made. The inner exception tells what the last attempt met.</summary>
public sealed class ChatConnectException : ChatException
{
    internal ChatConnectException(string message, Exception? innerException, HttpStatusCode? status = null)
        : base(message, innerException) => Status = status;

    /// <summary>What the server answered instead of opening a WebSocket; null when it did not answer.</summary>
    public HttpStatusCode? Status { get; }
}
