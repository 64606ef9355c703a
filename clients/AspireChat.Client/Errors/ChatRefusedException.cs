namespace AspireChat.Client;

/// <summary>The server refused a request, and trying again would not help.</summary>
public sealed class ChatRefusedException : ChatException
{
    internal ChatRefusedException(string message, string code, string? room, string? id)
        : base(message)
    {
        Code = code;
        Room = room;
        Id = id;
    }

    /// <summary>The protocol's code for the reason, see <see cref="ChatErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The room that the request was for.</summary>
    public string? Room { get; }

    /// <summary>The id of the refused message; null when it was not about a message.</summary>
    public string? Id { get; }
}
