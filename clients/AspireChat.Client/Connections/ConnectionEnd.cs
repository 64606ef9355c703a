namespace AspireChat.Client.Connections;

/// <summary>How a connection ended.</summary>
/// <param name="CloseCode">The code of the server's close frame; null when there was none.</param>
/// <param name="Cause">Why, in words.</param>
internal sealed record ConnectionEnd(int? CloseCode, ChatException Cause)
{
    /// <summary>The server closed.</summary>
    public static ConnectionEnd Closed(int code, string? reason)
    {
        var described = string.IsNullOrEmpty(reason) ? $"{code}" : $"{code} ({reason})";
        return new(code, new ChatClosedException($"The server closed the connection with code {described}.", code));
    }

    /// <summary>The connection broke, or this client gave it up.</summary>
    public static ConnectionEnd Broken(Exception? cause) => new(null, cause as ChatException
        ?? new ChatClosedException($"The connection broke: {cause?.Message ?? "the server ended it without a close frame"}", null, cause));
}
