namespace AspireChat.ChatServer.Backplane;

/// <summary>Redis could not be reached in time; the same call may work later.</summary>
internal sealed class BackplaneUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
