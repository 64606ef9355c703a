namespace AspireChat.ChatServer.Connections;

/// <summary>From which web pages a browser may connect. Without a check, any page that a user visits could chat in his name.</summary>
internal sealed class OriginOptions
{
    public const string SectionName = "Chat:Origins";

    /// <summary>Origins besides the server's own, each as a browser sends it: <c>https://chat.example.com</c>, without a path.</summary>
    public IList<string> Allowed { get; } = [];

    /// <summary>
    /// Lets clients in that send no origin. Browsers always send one, so these are native clients, which no page can misuse. Default true.
    /// </summary>
    public bool AllowMissing { get; set; } = true;
}
